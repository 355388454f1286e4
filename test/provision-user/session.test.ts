import { describe, expect, it } from 'vitest';
import type { LoginResult, VendorAccount } from '../../lambdas/platforms/platform.ts';
import { createSession } from '../../lambdas/provision-user/session.ts';
import { blankSession, type SessionItem, type Store } from '../../lambdas/signups/ledger.ts';
import { config } from './config.ts';

/** The one session item in memory, under the ledger's own conditions. */
function memory() {
  let item: SessionItem | undefined;
  let reads = 0;
  const store: Store<SessionItem> = {
    read: async () => {
      reads++;
      return item;
    },
    write: async (next, seen) => {
      if ((item?.writeId ?? null) !== seen) return { applied: false, found: item };
      item = next;
      return { applied: true };
    },
    remove: async () => undefined,
  };
  return {
    store,
    reads: () => reads,
    item: () => item,
    set: (change: Partial<SessionItem>) => {
      item = { ...(item ?? blankSession('classroom')), ...change, writeId: `by-hand-${Math.random()}` };
    },
  };
}

const pause = { by: 'ann', why: 'the vendor moves house', at: '2026-11-22T10:00:00.000Z' };
const calls = {
  createAccount: async () => ({ kind: 'not-done', message: 'no' }) as const,
};

function world(
  access: 'session' | 'direct',
  login: () => LoginResult = () => ({ kind: 'token', token: 'token-1', livesMs: 1_140_000 }),
) {
  let time = 1_000_000;
  let ids = 0;
  let logins = 0;
  let version = 'v1';
  const breaker: number[] = [];
  const sessions = memory();
  const account: VendorAccount =
    access === 'direct'
      ? { access, ...calls }
      : {
          access,
          ...calls,
          login: async () => {
            logins++;
            return login();
          },
        };
  const secret = async () => ({ version, value: { key: 'k' }, createdAt: 0 });
  const session = createSession({
    config,
    vendor: { prepare: () => ({ kind: 'rejected', message: '' }), open: () => account },
    secrets: { current: secret, previous: async () => undefined, refreshed: secret },
    observer: {
      info: () => undefined,
      warn: () => undefined,
      error: () => undefined,
      metric: (name, value) => name === 'BreakerOpen' && breaker.push(value),
    },
    now: () => time,
    random: () => 0.5,
    newId: () => String(++ids),
    sleep: async (milliseconds) => {
      time += milliseconds;
    },
    sessions: sessions.store,
  });
  return {
    session,
    sessions,
    breaker,
    logins: () => logins,
    enter: () => session.enter(new AbortController().signal),
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    rotate: () => {
      version = `${version}+`;
    },
  };
}

describe.each(['session', 'direct'] as const)('a paused destination of a %s vendor', (access) => {
  it('lets nobody in, tells who paused it and why, and logs in nowhere', async () => {
    const { sessions, enter, logins } = world(access);
    sessions.set({ paused: pause });
    expect(await enter()).toEqual({
      kind: 'blocked',
      reason: {
        code: 'paused',
        message: 'ann paused the destination at 2026-11-22T10:00:00.000Z: the vendor moves house',
      },
      retryAfterMs: undefined,
    });
    expect(logins()).toBe(0);
  });

  it('is noticed within ten seconds by a worker that is at work, and stays so', async () => {
    const { sessions, enter, pass } = world(access);
    expect(await enter()).toMatchObject({ kind: 'entered' });
    sessions.set({ paused: pause });
    pass(10_001);
    expect(await enter()).toMatchObject({ kind: 'blocked', reason: { code: 'paused' } });
    expect(await enter()).toMatchObject({ kind: 'blocked', reason: { code: 'paused' } });
  });

  it('is open again within ten seconds of its resumption, with the token that it had', async () => {
    const { sessions, enter, pass, logins } = world(access);
    await enter();
    sessions.set({ paused: pause });
    pass(10_001);
    await enter();
    const { paused: _over, ...rest } = sessions.item() ?? blankSession('classroom');
    sessions.set({ ...rest, paused: undefined });
    pass(10_001);
    expect(await enter()).toMatchObject({ kind: 'entered' });
    expect(logins()).toBe(access === 'session' ? 1 : 0);
  });

  it('costs a worker that is at work no more than one read in ten seconds', async () => {
    const { sessions, enter, pass } = world(access);
    await enter();
    const before = sessions.reads();
    for (let second = 0; second < 60; second++) {
      pass(1_000);
      await enter();
    }
    expect(sessions.reads() - before).toBeLessThanOrEqual(6);
  });
});

describe('the breaker', () => {
  const refused = (): LoginResult => ({ kind: 'credentials-refused', message: 'no' });

  it('is told open when a session vendor has refused twice, and closed with the next version’s first login', async () => {
    const answers: LoginResult[] = [refused(), refused(), { kind: 'token', token: 'token-1', livesMs: 1_140_000 }];
    const { enter, breaker, rotate, logins } = world('session', () => answers.shift() ?? refused());
    await enter();
    await enter();
    expect(await enter()).toMatchObject({ reason: { code: 'breaker-open' } });
    expect(breaker).toEqual([1]);
    rotate();
    expect(await enter()).toMatchObject({ kind: 'entered' });
    expect(breaker).toEqual([1, 0]);
    expect(logins()).toBe(3);
  });

  it('is told closed for a direct vendor too, whose calls carry the credentials', async () => {
    const { session, enter, breaker, rotate } = world('direct');
    for (let refusal = 0; refusal < 2; refusal++) {
      const way = await enter();
      if (way.kind === 'entered') await session.credentialsRefused(way);
    }
    expect(await enter()).toMatchObject({ reason: { code: 'breaker-open' } });
    rotate();
    expect(await enter()).toMatchObject({ kind: 'entered' });
    expect(breaker).toEqual([0, 1, 0]);
  });

  it('gives a version one login more, and no second, after its count was set to one by hand', async () => {
    const { sessions, enter, logins } = world('session', refused);
    await enter();
    await enter();
    await enter();
    expect(logins()).toBe(2);
    sessions.set({ refused: { v1: 1 } });
    await enter();
    await enter();
    expect(logins()).toBe(3);
  });
});
