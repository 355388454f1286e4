import type { LoginResult, VendorAccount } from '../../lambdas/platforms/platform.ts';
import { withDeadline } from '../../lambdas/provision-user/deadline.ts';
import { createSession } from '../../lambdas/provision-user/session.ts';
import type { Secret } from '../../lambdas/signups/ports.ts';
import { config } from './config.ts';
import { good, sessionFleet } from './session-fleet.ts';

interface Options {
  readonly access?: 'session' | 'direct';
  /** How the vendor answers a login with this version of the secret. */
  readonly login?: (version: string) => LoginResult;
  readonly requestsPerSecond?: number;
  /** What is in the store, and in the cache, at first. */
  readonly secret?: Secret | null;
}

export const secretOf = (version: string): Secret => ({ version, value: { version }, createdAt: 0 });

/** One worker's session, and everything around it in memory. */
export function sessionWorld({
  access = 'session',
  login = () => good,
  requestsPerSecond,
  secret = secretOf('v1'),
}: Options = {}) {
  const fleet = sessionFleet();
  const breaker: number[] = [];
  const logins: string[] = [];
  const warned: unknown[] = [];
  const slept: number[] = [];
  const secretReads: string[] = [];
  let tableIsOut = false;
  const missing = () => Promise.reject(new Error('no secret'));
  let cached = secret;
  let stored = secret;
  let reads = 0;

  const createAccount = async () => ({ kind: 'not-done', message: 'no' }) as const;
  const accountOf = (version: string): VendorAccount =>
    access === 'direct'
      ? { access, createAccount }
      : {
          access,
          createAccount,
          login: async () => {
            logins.push(version);
            return login(version);
          },
        };
  const silent = () => undefined;
  const session = createSession({
    config,
    vendor: {
      requestsPerSecond,
      prepare: () => ({ kind: 'rejected', message: '' }),
      open: (value) =>
        typeof value === 'object' && value !== null && 'version' in value
          ? accountOf(String(value.version))
          : { problem: 'has no version' },
    },
    secrets: {
      current: async (id) => {
        secretReads.push(`current ${id}`);
        return cached ?? missing();
      },
      previous: async () => undefined,
      refreshed: async (id) => {
        secretReads.push(`refreshed ${id}`);
        cached = stored;
        return cached ?? missing();
      },
    },
    observer: {
      info: silent,
      warn: (...said) => warned.push(said),
      error: silent,
      metric: (name, value) => name === 'BreakerOpen' && breaker.push(value),
    },
    now: fleet.now,
    random: () => 0.5,
    newId: fleet.newId,
    withDeadline,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      fleet.pass(milliseconds);
    },
    sessions: {
      ...fleet.sessions,
      read: async (id) => {
        reads++;
        if (tableIsOut) throw new Error('the table is out of reach');
        return fleet.sessions.read(id);
      },
    },
  });
  return {
    ...fleet,
    session,
    breaker,
    logins,
    /** Its warnings in the log. */
    warned,
    slept,
    /** What was asked of the secret store. */
    secretReads,
    /** How often the session item was read. */
    reads: () => reads,
    breakTable: () => {
      tableIsOut = true;
    },
    enter: () => session.enter(new AbortController().signal),
    /** Puts another secret into the store; the cache has it after the next refresh. */
    store: (secret: Secret | null) => {
      stored = secret;
    },
  };
}
