import { describe, expect, it } from 'vitest';
import type { CallFailure } from '../../../lambdas/platforms/platform.ts';
import { type Weather, weathers } from '../../../lambdas/platforms/platform-simulator.ts';
import { scimVariants } from '../../../lambdas/platforms/scim/variants.ts';
import { callWith, signupWith } from '../vendor-call.ts';
import { weatherKinds } from '../weather-kinds.ts';
import { bench } from './simulated.ts';

const meanings: Readonly<Record<Weather, CallFailure['kind']>> = weatherKinds;

const configurations = Object.entries(scimVariants).flatMap(([name, values]) =>
  values.slice(1).map((value): Record<string, string> => ({ [name]: value })),
);
const patience = (weather: Weather) => (weather === 'slow' ? 100 : 5000);

describe.each([{}, ...configurations])('with %j', (variants) => {
  it('makes an account, and then its duplicate', async () => {
    const { running, account } = await bench({ variants });
    expect(await account.createAccount(callWith())).toMatchObject({
      kind: 'created',
      account: { userId: running.accounts()[0]?.userId },
    });
    expect(await account.createAccount(callWith())).toMatchObject({
      kind: 'duplicate',
      account: { userId: running.accounts()[0]?.userId },
    });
    expect(running.accounts()).toHaveLength(1);
  });

  it.each(weathers)('makes one account in %s, and never says that it did', async (weather) => {
    const { running, account } = await bench({ variants });
    running.arm({ weather, operation: 'POST /Users', ms: weather === 'slow' ? 200 : 3000 });
    const result = await account.createAccount(callWith(signupWith({ firstName: 'Zoë' }), 'made', patience(weather)));
    expect(result.kind).toBe(meanings[weather]);
    if (result.kind === 'not-done') expect(running.accounts()).toEqual([]);
    await running.calm();
    if (weather === 'slow') await expect.poll(() => running.accounts().length).toBe(1);
    const before = running.accounts().length;
    expect((await account.createAccount(callWith())).kind).toBe(before === 1 ? 'duplicate' : 'created');
    expect(running.accounts()).toHaveLength(1);
    expect(running.counts()).not.toHaveProperty('redirectsFollowed');
  });

  it.each(weathers)('says neither yes nor no of a person in %s', async (weather) => {
    const { running, account } = await bench({ variants });
    await account.createAccount(callWith(signupWith({ firstName: 'Zoë' })));
    running.arm({ weather, operation: 'GET /Users', ms: weather === 'slow' ? 200 : 3000 });
    const result = await account.lookUp(callWith(signupWith(), '', patience(weather)));
    expect(result.kind).toBe(meanings[weather]);
    await running.calm();
  });
});

it.each(['http-503', 'http-429'] as const)('is told by %s when to come back', async (weather) => {
  const { running, account } = await bench();
  running.arm({ weather, ms: 30_000 });
  expect(await account.createAccount(callWith())).toMatchObject({ kind: 'not-done', retryAfterMs: 30_000 });
});

it.each(['http-500', 'maintenance-page', 'empty'] as const)(
  '%s after the user was made is no success',
  async (weather) => {
    const { running, account } = await bench();
    running.arm({ weather, carriedOut: true });
    expect((await account.createAccount(callWith())).kind).toBe('nobody-knows');
    expect(running.accounts()).toHaveLength(1);
  },
);
