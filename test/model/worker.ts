import { createChangeVisibility } from '../../lambdas/aws/change-visibility.ts';
import { createSecretStore } from '../../lambdas/aws/secrets.ts';
import { createLedger } from '../../lambdas/aws/table.ts';
import { createPublish } from '../../lambdas/aws/topic.ts';
import type { PlatformTraits, Vendor } from '../../lambdas/platforms/platform.ts';
import type { ProvisionUserConfig } from '../../lambdas/provision-user/config.ts';
import type { MapBody, ProvisionDeps } from '../../lambdas/provision-user/deps.ts';
import { createProvisionUser } from '../../lambdas/provision-user/handler.ts';
import { createSession } from '../../lambdas/provision-user/session.ts';
import type { Observer } from '../../lambdas/signups/ports.ts';
import type { Environment } from './environment.ts';
import type { WorkerClients } from './ground.ts';
import type { History } from './history.ts';
import type { Time } from './time.ts';

export interface WorkerParts {
  readonly time: Time;
  readonly history: History;
  readonly clients: WorkerClients;
  readonly config: ProvisionUserConfig;
  readonly platform: PlatformTraits;
  readonly vendorFor: (environment: Environment) => Vendor;
  readonly mapperOf: (source: string) => MapBody | undefined;
  /** 0 ≤ random < 1. */
  readonly random: () => number;
  /** 0 ≤ random < 1; never the same for long, whatever `random` says. */
  readonly randomOfBytes: () => number;
  readonly newId: () => string;
}

/** The function as its composition root puts it together (provision-user/index.ts), on clients that have things go wrong. */
export function createWorker(environment: Environment, parts: WorkerParts) {
  const { time, history, clients, config, random, newId } = parts;
  const { now } = environment.clock;
  const deps: ProvisionDeps = {
    config,
    platform: parts.platform,
    vendor: parts.vendorFor(environment),
    mapperOf: (source) => deadly(environment, parts.mapperOf(source)),
    ledger: createLedger(clients.dynamodb, clients.table),
    secrets: createSecretStore(clients.secretsManager, {
      lifeMs: config.timeLimits.secretLifeMs,
      now,
      random,
    }),
    publish: createPublish(clients.sns, clients.topicArn),
    changeVisibility: createChangeVisibility(clients.sqs, clients.queueUrl),
    observer: observerOf(history),
    now,
    random,
    randomBytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(parts.randomOfBytes() * 256)),
    newId,
    sleep: (milliseconds) => environment.living(time.sleep(milliseconds)),
    withDeadline: async (milliseconds, run) => {
      const controller = new AbortController();
      const cancel = time.after(milliseconds, () => controller.abort(timeIsOver));
      return run(controller.signal).finally(cancel);
    },
  };
  for (const id of [
    `matriculate/${config.stage}/ledger`,
    `matriculate/${config.stage}/destinations/${config.destination.id}`,
  ]) {
    deps.secrets.current(id).catch(() => undefined);
  }
  return createProvisionUser(deps, createSession({ ...deps, sessions: deps.ledger.sessions }));
}

const timeIsOver = new Error('the time is over');

/** What kills its worker in the middle of the mapping: a body that says so. */
export const poison = 'poison';

const deadly = (environment: Environment, map: MapBody | undefined): MapBody | undefined =>
  map === undefined
    ? undefined
    : (body) => {
        if (!Buffer.from(body).toString().includes(`"${poison}"`)) return map(body);
        environment.die(poison);
        return new Promise(() => undefined);
      };

function observerOf(history: History): Observer {
  const say = (...said: unknown[]) => history.add({ kind: 'said', text: JSON.stringify(said) });
  return { info: say, warn: say, error: say, metric: say };
}
