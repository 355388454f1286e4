import type { Clock, Secret, SecretStore } from '../signups/ports.ts';

/** Secrets Manager's labels for a secret's versions. */
export type VersionStage = 'AWSCURRENT' | 'AWSPREVIOUS';

/**
 * Reads one version.
 *
 * @returns `undefined` where there is no such version
 * @throws SecretUnusable where Secrets Manager answered and there is nothing to use; any other error where it did not answer
 */
export type ReadSecret = (id: string, stage: VersionStage) => Promise<Secret | undefined>;

export interface SecretCacheOptions {
  readonly read: ReadSecret;
  readonly now: Clock;
  /** 0 ≤ random < 1; spreads the refreshes of many instances. */
  readonly random: () => number;
  /** How long a version is kept before it is read again, give or take 10 %: 5 minutes in production. */
  readonly lifeMs: number;
}

/** Secrets Manager answered, and there is nothing to use: no such secret, or no JSON in it. What was known before does not stand any more. */
export class SecretUnusable extends Error {
  override readonly name = 'SecretUnusable';
}

interface Entry {
  readonly value: Promise<Secret | undefined>;
  readonly readAt: number;
  readonly freshUntil: number;
}

/**
 * A cache of secrets: one shared promise per secret and version stage, a lifetime, the stale value where a refresh fails, and a forced
 * refresh at most once in a tenth of it. An absent previous version is cached like a value, and forgotten together with its current one.
 */
export function createSecretCache({ read, now, random, lifeMs }: SecretCacheOptions): SecretStore {
  // Whoever can make a signature fail must not be able to buy calls to Secrets Manager; and an outage is not asked after with every request.
  const pauseMs = lifeMs / 10;
  const entries = new Map<string, Entry>();
  const pending = new Map<string, Promise<Secret | undefined>>();

  const get = (id: string, stage: VersionStage, maxAgeMs = Number.POSITIVE_INFINITY): Promise<Secret | undefined> => {
    const key = `${stage} ${id}`;
    const entry = entries.get(key);
    if (entry !== undefined && now() < entry.freshUntil && now() - entry.readAt < maxAgeMs) return entry.value;
    const reading = pending.get(key) ?? refresh(key, id, stage, entry).finally(() => pending.delete(key));
    pending.set(key, reading);
    return reading;
  };

  const refresh = async (key: string, id: string, stage: VersionStage, stale: Entry | undefined) => {
    const readAt = now();
    const keep = (value: Promise<Secret | undefined>, forMs: number) => {
      entries.set(key, { value, readAt, freshUntil: readAt + forMs });
      return value;
    };
    try {
      const secret = await read(id, stage);
      if (stage === 'AWSCURRENT' && secret?.version !== (await stale?.value.catch(() => undefined))?.version)
        entries.delete(`AWSPREVIOUS ${id}`);
      return keep(Promise.resolve(secret), lifeMs * (0.9 + 0.2 * random()));
    } catch (error) {
      if (error instanceof SecretUnusable) return keep(Promise.reject(error), pauseMs);
      if (stale === undefined) throw error;
      return keep(stale.value, pauseMs);
    }
  };

  const current = async (id: string, maxAgeMs?: number): Promise<Secret> => {
    const secret = await get(id, 'AWSCURRENT', maxAgeMs);
    if (secret === undefined) throw new SecretUnusable(`the secret ${id} has no current version`);
    return secret;
  };

  return {
    current: (id) => current(id),
    previous: (id) => get(id, 'AWSPREVIOUS'),
    refreshed: (id) => current(id, pauseMs),
  };
}
