import type { LoginResult, VendorAccount } from '../../lambdas/platforms/platform.ts';
import { createBreaker } from '../../lambdas/provision-user/breaker.ts';
import { type WithDeadline, withDeadline } from '../../lambdas/provision-user/deadline.ts';
import { createLogIn } from '../../lambdas/provision-user/login.ts';
import { createSharedItem } from '../../lambdas/provision-user/session-item.ts';
import { blankSession, type SessionItem } from '../../lambdas/signups/ledger.ts';
import { config } from './config.ts';
import { ledgerInMemory } from './ledger-in-memory.ts';

/** When the tests begin. */
export const start = 1_000_000_000;
/** 15 minutes. */
export const slotMs = config.timeLimits.loginSlotMs;
export const good: LoginResult = { kind: 'token', token: 'token-1', livesMs: 1_140_000 };

interface WorkerOptions {
  /** Of the secret. */
  readonly version?: string;
  readonly random?: number;
  readonly firstReadTakes?: number;
  /** What must have happened before its sleep is over. */
  readonly whileAsleep?: () => Promise<unknown>;
}

/** Workers that share one session item and one clock, in which nobody waits but for the time that a worker sleeps. */
export function sessionFleet() {
  let time = start;
  let ids = 0;
  const ledger = ledgerInMemory();
  const now = () => time;
  const blank = blankSession('classroom');
  const item = (): SessionItem => {
    const held = ledger.items.get(blank.id);
    return held?.kind === 'session' ? held : blank;
  };
  const newId = () => `write-${++ids}`;

  /** A worker that sees this version of the secret, and logs in so. */
  function worker(
    login: () => LoginResult | Promise<LoginResult>,
    { version = 'v1', random = 0.5, firstReadTakes = 0, whileAsleep = async () => undefined }: WorkerOptions = {},
  ) {
    const logged: unknown[] = [];
    const slept: number[] = [];
    const observer = {
      info: () => undefined,
      warn: (...said: unknown[]) => logged.push(said),
      error: () => undefined,
      metric: () => undefined,
    };
    let reads = 0;
    const read = async (id: string) => {
      if (reads++ === 0) time += firstReadTakes;
      return ledger.sessions.read(id);
    };
    const shared = createSharedItem('classroom', { sessions: { ...ledger.sessions, read }, now, newId });
    const sleep = async (milliseconds: number) => {
      if (slept.push(milliseconds) > 500) throw new Error('it waits for ever');
      time += milliseconds;
      await whileAsleep();
    };
    const limits: number[] = [];
    const limited: WithDeadline = (milliseconds, run) => {
      limits.push(milliseconds);
      return withDeadline(milliseconds, run);
    };
    const logIn = createLogIn(
      { config, observer, now, random: () => random, sleep, withDeadline: limited },
      shared,
      createBreaker(observer, 'classroom'),
    );
    const account: Extract<VendorAccount, { access: 'session' }> = {
      access: 'session',
      createAccount: async () => ({ kind: 'not-done', message: 'no' }),
      login: async () => login(),
    };
    const secret = { version, value: { key: `the key of ${version}` }, createdAt: 0 };
    return {
      logged,
      slept,
      /** The time limits of its calls, in milliseconds. */
      limits,
      logIn: (signal = new AbortController().signal) => logIn(secret, account, signal),
    };
  }

  return {
    sessions: ledger.sessions,
    now,
    newId,
    worker,
    item,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    /** Somebody writes the item in between. */
    set: (change: Partial<SessionItem>) => {
      ledger.items.set(blank.id, { ...item(), ...change, writeId: `by-hand-${++ids}` });
    },
  };
}
