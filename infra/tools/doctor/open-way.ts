import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSecretStore } from '../../../lambdas/aws/secrets.ts';
import { createSharedClock, setClockBy } from '../../../lambdas/aws/shared-clock.ts';
import { createLedger } from '../../../lambdas/aws/table.ts';
import type { Vendor, VendorAccount } from '../../../lambdas/platforms/platform.ts';
import type { RegisteredPlatform } from '../../../lambdas/platforms/registered.ts';
import { platforms } from '../../../lambdas/platforms/registry.ts';
import { withDeadline } from '../../../lambdas/provision-user/deadline.ts';
import { createSession, type Session } from '../../../lambdas/provision-user/session.ts';
import { provisionUserConfig } from '../../function-configs.ts';
import { productionTimeLimits } from '../../time-limits.ts';
import type { OperatedStage } from '../operate/operated-stage.ts';

/** A destination's way to its vendor, as its workers have it. */
export interface Way {
  readonly session: Session;
  /** How many logins it has tried. */
  readonly logins: () => number;
}

const registered: Readonly<Record<string, RegisteredPlatform>> = platforms;
const silent = () => undefined;

/**
 * The workers' own session: it uses the fleet's token if there is one, keeps to the one login at a time and to the count of refusals, and is
 * counted by the fleet.
 */
export async function openWay(stage: OperatedStage, destination: string): Promise<Way> {
  const config = provisionUserConfig(stage.config, destination, productionTimeLimits);
  const { platform, url, duplicates, settings } = config.destination;
  const clock = createSharedClock(Date.now);
  const { now } = clock;
  let logins = 0;
  const vendor = await registered[platform]?.connect({ url, duplicates, settings }, { now });
  if (vendor === undefined) throw new Error(`there is no platform ${platform}`);
  const counted = (account: ReturnType<Vendor['open']>): ReturnType<Vendor['open']> => {
    if (!isSession(account)) return account;
    return {
      ...account,
      login: (signal) => {
        logins += 1;
        return account.login(signal);
      },
    };
  };
  const session = createSession({
    config,
    vendor: { ...vendor, open: (secret) => counted(vendor.open(secret)) },
    secrets: createSecretStore(stage.secretsManager, { lifeMs: 60_000, now, random: Math.random }),
    sessions: createLedger(setClockBy(stage.dynamodb, clock), stage.tableName).sessions,
    observer: { info: silent, warn: silent, error: silent, metric: silent },
    now,
    random: Math.random,
    newId: randomUUID,
    sleep,
    withDeadline,
  });
  return { session, logins: () => logins };
}

const isSession = (account: ReturnType<Vendor['open']>): account is Extract<VendorAccount, { access: 'session' }> =>
  'access' in account && account.access === 'session';
