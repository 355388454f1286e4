import { describe, expect, it } from 'vitest';
import type { AccountResult } from '../../../lambdas/platforms/platform.ts';
import type { Weather } from '../../../lambdas/platforms/platform-simulator.ts';
import { callWith, signupWith } from '../vendor-call.ts';
import { weatherKinds } from '../weather-kinds.ts';
import { connectTo, opened, startSimulated } from './simulated.ts';

const expected: Readonly<Record<Weather, AccountResult['kind']>> = weatherKinds;

describe('in the weather', () => {
  it.each(Object.entries(expected))('"%s" a call is %s, sent once, and no redirect is followed', async (name, kind) => {
    const running = await startSimulated();
    const account = opened(connectTo(running), running.secret);
    const weather = Object.keys(expected).find((key): key is Weather => key === name) ?? 'slow';
    for (const operation of ['createUser', 'doesUserExist']) {
      running.arm({ weather, operation, ms: 3000 });
      const call = callWith(signupWith({ firstName: 'Zoë' }), 'made', weather === 'slow' ? 150 : 5000);
      const outcome = await (operation === 'createUser' ? account.createAccount(call) : account.lookUp?.(call));
      expect(outcome).toMatchObject({ kind });
      await running.calm();
    }
    expect(running.counts().redirectsFollowed).toBeUndefined();
    expect(running.counts()[`weather:${weather}`]).toBe(2);
    expect(running.accounts().length).toBeLessThanOrEqual(1);
  });

  it.each(['reply-lost', 'truncated', 'wrong-charset'] as const)(
    '"%s" a repeat finds the account that was made',
    async (weather) => {
      const running = await startSimulated();
      const account = opened(connectTo(running), running.secret);
      running.arm({ weather, operation: 'createUser' });
      expect(await account.createAccount(callWith(signupWith()))).toMatchObject({ kind: 'nobody-knows' });
      expect(await account.lookUp?.(callWith(signupWith()))).toMatchObject({ kind: 'exists' });
      expect(await account.createAccount(callWith(signupWith()))).toMatchObject({ kind: 'duplicate' });
      expect(running.accounts()).toHaveLength(1);
    },
  );

  it.each(['http-503', 'http-429'] as const)('"%s" the wait that the vendor asks for is passed on', async (weather) => {
    const running = await startSimulated();
    const account = opened(connectTo(running), running.secret);
    running.arm({ weather, ms: 7000 });
    expect(await account.createAccount(callWith(signupWith()))).toMatchObject({ retryAfterMs: 7000 });
  });

  it.each(['http-500', 'empty', 'reply-lost', 'http-503'] as const)(
    '"%s" in the look-up after a fault nothing is concluded',
    async (weather) => {
      const running = await startSimulated();
      const account = opened(connectTo(running), running.secret);
      running.arm({ weather, operation: 'doesUserExist' });
      const call = callWith(signupWith({ email: 'ada@example.invalid' }));
      expect(await account.createAccount(call)).toMatchObject({
        kind: 'not-done',
        message: expect.stringMatching(
          /^The email address is not accepted \(why is not known, for the look-up failed: /,
        ),
      });
    },
  );
});
