import { describe, expect, it } from 'vitest';
import type { LoginResult } from '../../lambdas/platforms/platform.ts';
import { createSealer } from '../../lambdas/signups/sealing.ts';
import { good, sessionFleet, slotMs, start } from './session-fleet.ts';

const minute = 60_000;
const recordMs = 45_000;
const nobodyLogsIn = (): LoginResult => expect.fail('somebody logged in');
const blocked = (code: string, message: string | RegExp, retryAfterMs?: number) => ({
  kind: 'blocked',
  reason: { code, message: typeof message === 'string' ? message : expect.stringMatching(message) },
  retryAfterMs,
});
const refused: LoginResult = { kind: 'credentials-refused', message: 'Invalid key (code 1)' };
const notDone: LoginResult = { kind: 'not-done', message: 'HTTP 503', retryAfterMs: 7_000 };
const lost: LoginResult = { kind: 'nobody-knows', message: 'the connection was cut' };

describe('a login', () => {
  it('has the fleet’s one slot for 15 minutes while it is under way', async () => {
    const { worker, item } = sessionFleet();
    let slot = 0;
    await worker(() => {
      slot = item().slotUntil;
      return good;
    }).logIn();
    expect(slot).toBe(start + slotMs);
  });

  it('has the time of one call, and not of a whole record', async () => {
    const { logIn, limits } = sessionFleet().worker(() => good);
    await logIn();
    expect(limits).toEqual([20_000]);
  });

  it('that yields a token frees the slot, and leaves the token to the fleet, sealed', async () => {
    const { worker, item } = sessionFleet();
    const expires = start + 1_140_000;
    expect(await worker(() => good).logIn()).toEqual({ kind: 'token', token: 'token-1', expires, generation: 1 });
    expect(item()).toMatchObject({ slotUntil: 0, tokenExpires: expires, generation: 1, refused: {} });
    expect(item().token).toMatch(/^ey/);
    expect(JSON.stringify(item())).not.toContain('token-1');
  });

  it('seals its token for a purpose of its own, by the secret’s key', async () => {
    const { worker, item } = sessionFleet();
    await worker(() => good).logIn();
    const key = JSON.stringify({ key: 'the key of v1' });
    expect(await createSealer(key, 'session-token').open(item().token ?? '')).toBe('token-1');
    await expect(createSealer(key, 'bodies').open(item().token ?? '')).rejects.toThrow();
  });

  it('that is refused frees the slot, counts for its version, and is told and logged in the vendor’s words', async () => {
    const { worker, item } = sessionFleet();
    const { logIn, logged } = worker(() => refused);
    expect(await logIn()).toEqual(blocked('credentials-refused', 'Invalid key (code 1)'));
    expect(item()).toMatchObject({ slotUntil: 0, refused: { v1: 1 }, refusedAt: [start] });
    expect(logged).toEqual([['login refused', { destination: 'classroom', detail: 'Invalid key (code 1)' }]]);
  });

  it('that was certainly not done frees the slot, and waits as long as the vendor says', async () => {
    const { worker, item } = sessionFleet();
    const { logIn, logged } = worker(() => notDone);
    expect(await logIn()).toEqual(blocked('vendor-unavailable', 'HTTP 503', 7_000));
    expect(item()).toMatchObject({ slotUntil: 0, refused: {} });
    expect(logged).toEqual([]);
  });

  it('whose end nobody knows keeps the slot, and counts against nobody', async () => {
    const { worker, item } = sessionFleet();
    expect(await worker(() => lost).logIn()).toEqual(blocked('login-busy', /unknown: the connection was cut$/));
    expect(item()).toMatchObject({ slotUntil: start + slotMs, refused: {} });
  });

  it('is not tried once the record’s time is over, and the slot is free again', async () => {
    const { worker, item } = sessionFleet();
    expect(await worker(nobodyLogsIn).logIn(AbortSignal.abort())).toEqual(
      blocked('vendor-unavailable', /time was over/),
    );
    expect(item().slotUntil).toBe(0);
  });

  it('after refusals succeeds without forgiving them: a version has two in all', async () => {
    const { worker, item, set } = sessionFleet();
    set({ refused: { v1: 1 } });
    await worker(() => good).logIn();
    expect(item().refused).toEqual({ v1: 1 });
  });
});

describe('a login that lost its slot meanwhile', () => {
  const theirs = start + slotMs + 1;
  const losing = async (result: LoginResult) => {
    const { worker, item, set } = sessionFleet();
    const way = await worker(() => {
      set({ slotUntil: theirs, generation: 5 });
      return result;
    }).logIn();
    return { way, item: item() };
  };

  it('has its token for itself: the ledger’s is not touched, and not dropped when this one is refused', async () => {
    const { way, item } = await losing(good);
    expect(way).toMatchObject({ kind: 'token', token: 'token-1', generation: -1 });
    expect(item).toMatchObject({ slotUntil: theirs, generation: 5, tokenExpires: 0 });
    expect(item.token).toBeUndefined();
  });

  it('counts a refusal all the same, and leaves the slot to who has it', async () => {
    const { item } = await losing(refused);
    expect(item).toMatchObject({ slotUntil: theirs, refused: { v1: 1 } });
  });

  it('frees no slot where it was not done', async () => {
    const { item } = await losing(notDone);
    expect(item.slotUntil).toBe(theirs);
  });
});

describe('the fleet’s token', () => {
  it('is used by everybody until it ends, and not a moment longer', async () => {
    const { worker, pass } = sessionFleet();
    await worker(() => good).logIn();
    pass(1_139_999);
    expect(await worker(nobodyLogsIn).logIn()).toEqual({
      ...{ kind: 'token', token: 'token-1' },
      ...{ expires: start + 1_140_000, generation: 1 },
    });
    pass(1);
    expect(await worker(() => ({ ...good, token: 'token-2' })).logIn()).toMatchObject({
      ...{ token: 'token-2', generation: 2 },
    });
  });

  it('that another version of the secret got is as good as none', async () => {
    const { worker } = sessionFleet();
    await worker(() => good).logIn();
    const other = worker(() => ({ ...good, token: 'token-2' }), { version: 'v2' });
    expect(await other.logIn()).toMatchObject({ token: 'token-2', generation: 2 });
  });
});

describe('nobody logs in', () => {
  it('where the destination is paused', async () => {
    const { worker, set } = sessionFleet();
    set({ paused: { by: 'ann', why: 'it moves house', at: 'noon' } });
    expect(await worker(nobodyLogsIn).logIn()).toEqual(blocked('paused', /^ann paused .* at noon: it moves house$/));
  });

  it('with a version that was refused twice, but with the next one', async () => {
    const { worker, set } = sessionFleet();
    set({ refused: { v1: 2 } });
    expect(await worker(nobodyLogsIn).logIn()).toEqual(blocked('breaker-open', /refused the credentials 2 times/));
    expect(await worker(() => good, { version: 'v2' }).logIn()).toMatchObject({ kind: 'token' });
  });

  it('a fifth time after four refusals within 15 minutes, but once the first is as old', async () => {
    const { worker, set, pass } = sessionFleet();
    const others = [start - 4 * minute, start - 3 * minute, start - 2 * minute, start - minute];
    set({ refusedAt: others });
    expect(await worker(nobodyLogsIn).logIn()).toEqual(blocked('login-busy', /could lock the account/, 11 * minute));
    pass(11 * minute - 1);
    expect(await worker(nobodyLogsIn).logIn()).toMatchObject({ retryAfterMs: 1 });
    pass(1);
    expect(await worker(() => good).logIn()).toMatchObject({ kind: 'token' });
  });
});

describe('a slot that somebody has', () => {
  const busy = blocked('login-busy', /^another worker is logging in/);

  it('is waited for, a quarter of the record’s time', async () => {
    const { worker, set, now } = sessionFleet();
    set({ slotUntil: start + slotMs });
    const { logIn, slept } = worker(nobodyLogsIn);
    expect(await logIn()).toEqual(busy);
    expect(now() - start).toBe(11_400);
    expect(new Set(slept)).toEqual(new Set([300]));
  });

  it.each([
    [0, 150],
    [0.001, 151],
    [0.999, 450],
  ])('is looked at again after a time of chance: with %f after %i ms', async (random, milliseconds) => {
    const { worker, set } = sessionFleet();
    set({ slotUntil: start + slotMs });
    const { logIn, slept } = worker(nobodyLogsIn, { random });
    await logIn();
    expect(slept[0]).toBe(milliseconds);
  });

  it('is waited for no longer than a record may take since it was taken: then its login was lost', async () => {
    const { worker, set, now } = sessionFleet();
    set({ slotUntil: start + slotMs - recordMs + 3_000 });
    expect(await worker(nobodyLogsIn).logIn()).toEqual(busy);
    expect(now() - start).toBe(3_000);
  });

  it('is not waited for at all once its login was lost', async () => {
    const { worker, set, now } = sessionFleet();
    set({ slotUntil: start + slotMs - recordMs });
    expect(await worker(nobodyLogsIn).logIn()).toEqual(busy);
    expect(now()).toBe(start);
  });

  it('is taken by the next worker when its time is over, and no sooner', async () => {
    const { worker, set, pass } = sessionFleet();
    set({ slotUntil: start + 1 });
    expect(await worker(nobodyLogsIn).logIn()).toEqual(busy);
    pass(1);
    expect(await worker(() => good).logIn()).toMatchObject({ kind: 'token' });
  });

  it('brings those that wait the token of who has it', async () => {
    const { worker } = sessionFleet();
    const reached = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<LoginResult>();
    const logsIn = worker(() => {
      reached.resolve();
      return answer.promise;
    }).logIn();
    await reached.promise;
    const whileAsleep = () => {
      answer.resolve(good);
      return logsIn;
    };
    const { logIn, slept } = worker(nobodyLogsIn, { whileAsleep });
    expect(await logIn()).toEqual(await logsIn);
    expect(slept).toEqual([300]);
  });

  it('is had by one of those that reach for it at once', async () => {
    const { worker } = sessionFleet();
    let logins = 0;
    const login = () => {
      logins++;
      return good;
    };
    const ways: Promise<unknown>[] = [1, 2, 3].map(() =>
      worker(login, { whileAsleep: () => Promise.any(ways) }).logIn(),
    );
    for (const way of await Promise.all(ways)) expect(way).toMatchObject({ token: 'token-1', generation: 1 });
    expect(logins).toBe(1);
  });
});

it('patience begins with the table’s first reply, which may set the clock', async () => {
  const fleet = sessionFleet();
  fleet.set({ slotUntil: start + slotMs + 10 * minute });
  const { logIn, slept } = fleet.worker(nobodyLogsIn, { firstReadTakes: 10 * minute });
  await logIn();
  expect(slept).toHaveLength(38);
});
