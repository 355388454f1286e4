import { describe, expect, it } from 'vitest';
import type { LoginResult } from '../../lambdas/platforms/platform.ts';
import { secretOf, sessionWorld } from './session-world.ts';

const pause = { by: 'ann', why: 'the vendor moves house', at: '2026-11-22T10:00:00.000Z' };

describe.each(['session', 'direct'] as const)('a paused destination of a %s vendor', (access) => {
  it('lets nobody in, tells who paused it and why, and logs in nowhere', async () => {
    const { set, enter, logins } = sessionWorld({ access });
    set({ paused: pause });
    expect(await enter()).toEqual({
      kind: 'blocked',
      reason: {
        code: 'paused',
        message: 'ann paused the destination at 2026-11-22T10:00:00.000Z: the vendor moves house',
      },
      retryAfterMs: undefined,
    });
    expect(logins).toEqual([]);
  });

  it('is noticed within ten seconds by a worker that is at work, and stays so', async () => {
    const { set, enter, pass } = sessionWorld({ access });
    expect(await enter()).toMatchObject({ kind: 'entered' });
    set({ paused: pause });
    pass(10_001);
    expect(await enter()).toMatchObject({ kind: 'blocked', reason: { code: 'paused' } });
    expect(await enter()).toMatchObject({ kind: 'blocked', reason: { code: 'paused' } });
  });

  it('is open again within ten seconds of its resumption, with the token that it had', async () => {
    const { set, enter, pass, logins } = sessionWorld({ access });
    await enter();
    set({ paused: pause });
    pass(10_001);
    await enter();
    set({ paused: undefined });
    pass(10_001);
    expect(await enter()).toMatchObject({ kind: 'entered' });
    expect(logins).toHaveLength(access === 'session' ? 1 : 0);
  });

  it('costs a worker that is at work no more than one read in ten seconds', async () => {
    const { reads, enter, pass } = sessionWorld({ access });
    await enter();
    const before = reads();
    for (let second = 0; second < 60; second++) {
      pass(1_000);
      await enter();
    }
    expect(reads() - before).toBeLessThanOrEqual(6);
  });
});

describe('the breaker', () => {
  const refused = (): LoginResult => ({ kind: 'credentials-refused', message: 'no' });

  it('is told open when a session vendor has refused twice, and closed with the next version’s first login', async () => {
    const answers: LoginResult[] = [refused(), refused(), { kind: 'token', token: 'token-1', livesMs: 1_140_000 }];
    const { enter, breaker, store, logins } = sessionWorld({ login: () => answers.shift() ?? refused() });
    await enter();
    await enter();
    expect(await enter()).toMatchObject({ reason: { code: 'breaker-open' } });
    expect(breaker).toEqual([1]);
    store(secretOf('v2'));
    expect(await enter()).toMatchObject({ kind: 'entered' });
    expect(breaker).toEqual([1, 1, 0]);
    expect(logins).toHaveLength(3);
  });

  it('is told closed for a direct vendor too, whose calls carry the credentials', async () => {
    const { session, enter, breaker, store } = sessionWorld({ access: 'direct' });
    for (let refusal = 0; refusal < 2; refusal++) {
      const way = await enter();
      if (way.kind === 'entered') await session.credentialsRefused(way);
    }
    expect(await enter()).toMatchObject({ reason: { code: 'breaker-open' } });
    store(secretOf('v2'));
    expect(await enter()).toMatchObject({ kind: 'entered' });
    expect(breaker).toEqual([0, 1, 0]);
  });

  it('gives a version one login more, and no second, after its count was set to one by hand', async () => {
    const { set, enter, logins } = sessionWorld({ login: refused });
    await enter();
    await enter();
    await enter();
    expect(logins).toHaveLength(2);
    set({ refused: { v1: 1 } });
    await enter();
    await enter();
    expect(logins).toHaveLength(3);
  });
});
