import { describe, expect, it } from 'vitest';
import type { LoginResult } from '../../lambdas/platforms/platform.ts';
import type { Entered } from '../../lambdas/provision-user/way-in.ts';
import { good } from './session-fleet.ts';
import { secretOf, sessionWorld } from './session-world.ts';

const refused: LoginResult = { kind: 'credentials-refused', message: 'no' };
const unfilled = { version: 'v0', value: {}, createdAt: 0 };
const missing = (message: string) => ({ kind: 'blocked', reason: { code: 'secret-missing', message } });

async function entered(world: ReturnType<typeof sessionWorld>): Promise<Entered> {
  const way = await world.enter();
  return way.kind === 'entered' ? way : expect.fail(way.reason.message);
}

describe('the secret', () => {
  it('is the destination’s own, read from the cache where nothing speaks against it', async () => {
    const world = sessionWorld();
    await entered(world);
    await entered(world);
    const read = 'current matriculate/prod/destinations/classroom';
    expect(world.secretReads).toEqual([read, read]);
  });

  it('that can not be read keeps everybody waiting, and why is told', async () => {
    const { enter } = sessionWorld({ secret: null });
    expect(await enter()).toMatchObject(missing('the destination’s secret cannot be read: no secret'));
  });

  it('that nobody has filled costs no login, and is used as soon as it is filled', async () => {
    const { enter, logins, store } = sessionWorld({ secret: unfilled });
    expect(await enter()).toMatchObject(missing('nobody has filled the destination’s secret yet'));
    expect(logins).toEqual([]);
    store(secretOf('v1'));
    expect(await enter()).toMatchObject({ kind: 'entered', version: 'v1' });
  });

  it('that is wrong is told so in the platform’s words', async () => {
    const { enter } = sessionWorld({ secret: { version: 'v0', value: { key: 1 }, createdAt: 0 } });
    expect(await enter()).toMatchObject(missing('the destination’s secret has no version'));
  });

  it('that is refused is read again at once, and tried again if it is another version', async () => {
    const { enter, logins, store } = sessionWorld({ login: (version) => (version === 'v1' ? refused : good) });
    expect(await enter()).toMatchObject({ reason: { code: 'credentials-refused' } });
    expect(logins).toEqual(['v1']);
    store(secretOf('v2'));
    expect(await enter()).toMatchObject({ kind: 'entered', version: 'v2' });
    expect(logins).toEqual(['v1', 'v1', 'v2']);
  });

  it('is not read again for what no secret mends', async () => {
    const { enter, secretReads } = sessionWorld({ login: () => ({ kind: 'not-done', message: 'HTTP 503' }) });
    expect(await enter()).toMatchObject({ reason: { code: 'vendor-unavailable' } });
    expect(secretReads).toHaveLength(1);
  });

  it('that can not be read again leaves the first answer standing', async () => {
    const { enter, store } = sessionWorld({ login: () => refused });
    store(null);
    expect(await enter()).toMatchObject({ reason: { code: 'credentials-refused', message: 'no' } });
  });

  it('that was refused with a call is read again before the next one', async () => {
    const world = sessionWorld({ access: 'direct' });
    const way = await entered(world);
    await world.session.credentialsRefused(way);
    expect(world.item()).toMatchObject({ refused: { v1: 1 } });
    world.store(secretOf('v2'));
    expect(await entered(world)).toMatchObject({ version: 'v2' });
    await entered(world);
    expect(world.secretReads.map((read) => read.split(' ')[0])).toEqual(['current', 'current', 'refreshed', 'current']);
  });
});

describe('a refusal that came with a call', () => {
  it('is counted until the breaker is open, and then not any more, lest many workers keep each other from writing', async () => {
    const world = sessionWorld({ access: 'direct' });
    const way = await entered(world);
    for (let calls = 0; calls < 5; calls++) await world.session.credentialsRefused(way);
    expect(world.item()).toMatchObject({ refused: { v1: 2 } });
  });

  it('that cannot be written down is told in the log, and is no reason to lose what the call came to', async () => {
    const world = sessionWorld({ access: 'direct' });
    const way = await entered(world);
    world.breakTable();
    await expect(world.session.credentialsRefused(way)).resolves.toBeUndefined();
    await expect(world.session.tokenRefused(way)).resolves.toBeUndefined();
    const warning = ['could not write to the session item', { destination: 'classroom' }];
    expect(world.warned).toEqual([warning, warning]);
  });
});

describe('the token', () => {
  it('is none for a direct vendor', async () => {
    expect(await entered(sessionWorld({ access: 'direct' }))).toMatchObject({
      version: 'v1',
      token: '',
      generation: 0,
    });
  });

  it('is got once for those that enter together', async () => {
    const { enter, logins } = sessionWorld();
    const ways = await Promise.all([enter(), enter(), enter()]);
    expect(new Set(ways).size).toBe(1);
    expect(logins).toHaveLength(1);
  });

  it('is used until it ends, and not a moment longer', async () => {
    const world = sessionWorld();
    await entered(world);
    world.pass(1_139_999);
    await entered(world);
    expect(world.logins).toHaveLength(1);
    world.pass(1);
    expect(await entered(world)).toMatchObject({ generation: 2 });
    expect(world.logins).toHaveLength(2);
  });

  it('that the vendor does not know any more is dropped for everybody, once, and got anew', async () => {
    const world = sessionWorld();
    const way = await entered(world);
    await world.session.tokenRefused(way);
    const dropped = world.item();
    expect(dropped).toMatchObject({ tokenExpires: 0, generation: 1 });
    expect(dropped.token).toBeUndefined();
    await world.session.tokenRefused(way);
    expect(world.item()).toBe(dropped);
    expect(await entered(world)).toMatchObject({ generation: 2 });
  });

  it('is kept where an earlier one was refused', async () => {
    const world = sessionWorld();
    const first = await entered(world);
    await world.session.tokenRefused(first);
    const second = await entered(world);
    const kept = world.item();
    await world.session.tokenRefused(first);
    expect(world.item()).toBe(kept);
    const reads = world.reads();
    expect(await entered(world)).toBe(second);
    expect(world.reads()).toBe(reads);
  });

  it('is not believed any more after its credentials were refused', async () => {
    const world = sessionWorld();
    await world.session.credentialsRefused(await entered(world));
    await world.session.credentialsRefused(await entered(world));
    expect(await world.enter()).toMatchObject({ reason: { code: 'breaker-open' } });
  });
});

describe('the vendor’s rate limit', () => {
  it('is waited for within half of a record’s time', async () => {
    const world = sessionWorld({ requestsPerSecond: 0.1 });
    await entered(world);
    await entered(world);
    expect(world.slept).toEqual([20_000]);
  });

  it('that leaves no turn within it lets nobody in, and tells when there will be one', async () => {
    const world = sessionWorld({ requestsPerSecond: 0.05 });
    await entered(world);
    expect(await world.enter()).toMatchObject({
      reason: { code: 'rate-limited', message: expect.stringContaining('no turn') },
      retryAfterMs: 40_000,
    });
    expect(world.slept).toEqual([]);
  });

  it('gives no turn to who may not enter', async () => {
    const world = sessionWorld({ requestsPerSecond: 0.1 });
    world.set({ paused: { by: 'ann', why: 'a', at: 'noon' } });
    expect(await world.enter()).toMatchObject({ reason: { code: 'paused' } });
    world.set({ paused: undefined });
    await entered(world);
    expect(world.slept).toEqual([]);
  });
});
