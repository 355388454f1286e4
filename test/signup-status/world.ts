import { createSecretCache, type VersionStage } from '../../lambdas/aws/secret-cache.ts';
import { createSignupStatus, type SignupStatusDeps } from '../../lambdas/signup-status/handler.ts';
import type { SignupItem } from '../../lambdas/signups/ledger.ts';
import type { Secret, SecretStore } from '../../lambdas/signups/ports.ts';
import { makeStatusKey, statusSecretId } from '../../lambdas/signups/status-key.ts';
import { now, signupId } from './sample-items.ts';

export const statusSecret = 'CANARY-status-secret';
export const rightKey = makeStatusKey(signupId, statusSecret);

export const secretOf = (version: string, value: unknown): Secret => ({ version, value, createdAt: now });

/** The real cache over versions that a test lays out; counts the reads. */
export function secretsOf(versions: Partial<Record<VersionStage, Secret>>) {
  const reads: string[] = [];
  const laidOut = { ...versions };
  const clock = { now };
  const secrets: SecretStore = createSecretCache({
    read: async (id, stage) => {
      reads.push(`${stage} ${id}`);
      if (id !== statusSecretId('test')) throw new Error(`nobody may ask for ${id}`);
      return laidOut[stage];
    },
    now: () => clock.now,
    random: () => 0.5,
    lifeMs: 300_000,
  });
  return { secrets, reads, laidOut, clock };
}

/** The handler over a ledger of these items, and all that it logged. */
export function worldWith(items: readonly SignupItem[], over: Partial<SignupStatusDeps> = {}) {
  const log: string[] = [];
  const reads: string[] = [];
  const write =
    (level: string) =>
    (...line: readonly unknown[]) =>
      void log.push(JSON.stringify([level, ...line]));
  const handler = createSignupStatus({
    config: { stage: 'test', sources: { shop: { to: ['classroom', 'courses'] } } },
    secrets: secretsOf({ AWSCURRENT: secretOf('1', { key: statusSecret }) }).secrets,
    readSignup: async (id) => {
      reads.push(id);
      return items.find((item) => item.id === id);
    },
    now: () => now,
    observer: { info: write('info'), warn: write('warn'), error: write('error'), metric: write('metric') },
    ...over,
  });
  const ask = (rawQueryString = `key=${rightKey}`, { id = signupId, accept = 'application/json' } = {}) =>
    handler({ headers: { accept }, pathParameters: { id }, rawQueryString });
  return { ask, log, reads };
}

export const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
