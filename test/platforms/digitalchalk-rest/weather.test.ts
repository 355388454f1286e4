import { describe, expect, it } from 'vitest';
import { digitalChalkRestVariants } from '../../../lambdas/platforms/digitalchalk-rest/variants.ts';
import type { AccountResult } from '../../../lambdas/platforms/platform.ts';
import type { Weather } from '../../../lambdas/platforms/platform-simulator.ts';
import { weathers } from '../../../lambdas/platforms/platform-simulator.ts';
import { callWith, signupWith } from '../vendor-call.ts';
import { bench } from './simulated.ts';

/** What a POST of a user comes to. Its reply has no body, so that three weathers have nothing to spoil. */
const created: Readonly<Record<Weather, readonly AccountResult['kind'][]>> = {
  slow: ['nobody-knows'],
  'http-500': ['nobody-knows'],
  'http-503': ['not-done'],
  'http-429': ['not-done'],
  'maintenance-page': ['nobody-knows'],
  empty: ['nobody-knows'],
  truncated: ['created'],
  'two-roots': ['created'],
  'wrong-charset': ['created'],
  'reply-lost': ['nobody-knows'],
  'request-lost': ['nobody-knows'],
  'connection-refused': ['not-done'],
  'reset-mid-body': ['nobody-knows', 'created'],
  redirect: ['not-done'],
  'huge-reply': ['nobody-knows'],
};

/** A look-up never says yes or no in bad weather. */
const lookedUp = (weather: Weather) => {
  const told = created[weather].filter((kind) => kind !== 'created');
  return told.length > 0 ? told : ['nobody-knows'];
};

const configurations = Object.entries(digitalChalkRestVariants).flatMap(([name, values]) =>
  values.slice(1).map((value): Record<string, string> => ({ [name]: value })),
);
const patience = (weather: Weather) => (weather === 'slow' ? 100 : 5000);

describe.each([{}, ...configurations])('with %j', (variants) => {
  it('makes an account, finds it, and then its duplicate', async () => {
    const { running, account } = await bench({ variants });
    const call = callWith(signupWith({ tags: ['spring'] }));
    expect(await account.lookUp(call)).toEqual({ kind: 'absent' });
    const result = await account.createAccount(call);
    const [made] = running.accounts();
    expect(result).toMatchObject({ kind: 'created', account: { userId: made?.userId } });
    const account1 = { userId: made?.userId, username: 'ada@example.com' };
    expect(await account.lookUp(call)).toEqual({ kind: 'exists', account: account1, notApplied: [] });
    expect(await account.createAccount(call)).toMatchObject({ kind: 'duplicate', account: account1 });
    expect(running.accounts()).toHaveLength(1);
  });

  it.each(weathers)('makes one account in %s, and says so only where it did', async (weather) => {
    const { running, account } = await bench({ variants });
    running.arm({ weather, operation: 'POST /users', ms: weather === 'slow' ? 200 : 3000 });
    const result = await account.createAccount(callWith(signupWith(), 'made-4-Ada', patience(weather)));
    expect(created[weather]).toContain(result.kind);
    if (result.kind === 'created') expect(running.accounts()).toMatchObject([{ userId: result.account.userId }]);
    if (result.kind === 'not-done') expect(running.accounts()).toEqual([]);
    await running.calm();
    if (weather === 'slow') await expect.poll(() => running.accounts().length).toBe(1);
    const before = running.accounts().length;
    const again = await account.createAccount(callWith());
    expect(again.kind).toBe(before === 1 ? 'duplicate' : 'created');
    expect(running.accounts()).toHaveLength(1);
    expect(running.counts()).not.toHaveProperty('redirectsFollowed');
  });

  it.each(weathers)('says neither yes nor no of a person in %s', async (weather) => {
    const { running, account } = await bench({ variants });
    await account.createAccount(callWith(signupWith({ firstName: 'Zoë' })));
    running.arm({ weather, operation: 'GET /users', ms: weather === 'slow' ? 200 : 3000 });
    const result = await account.lookUp(callWith(signupWith(), '', patience(weather)));
    expect(lookedUp(weather)).toContain(result.kind);
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
