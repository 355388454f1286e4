import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { electaVariants } from '../../../lambdas/platforms/electa/variants.ts';
import { type ArmedWeather, weathers } from '../../../lambdas/platforms/platform-simulator.ts';
import { signupWith } from '../vendor-call.ts';
import { weatherKinds } from '../weather-kinds.ts';
import { type ElectaBench, electaBench } from './bench.ts';

const storms = weathers.filter((weather) => weather !== 'slow');

const configurations = Object.entries(electaVariants).flatMap(([name, values]) =>
  values.map((value, index) => ({ name: index === 0 ? 'defaults' : `${name}: ${value}`, variants: { [name]: value } })),
);
const distinct = configurations.filter(({ name }, index) => configurations.findIndex((c) => c.name === name) === index);

describe.each(distinct)('Electa with $name', ({ variants }) => {
  let bench: ElectaBench;
  let token: string;
  beforeAll(async () => {
    bench = await electaBench({ variants });
    token = await bench.token();
  });
  afterAll(() => bench.vendor.close());
  const people = () => new Set(bench.vendor.accounts().map(({ email }) => email)).size;

  test.each(storms)('an account in %s', async (weather) => {
    const { vendor, create } = bench;
    const signup = signupWith({ email: `${weather}@example.com` });
    vendor.arm({ weather, ms: 60_000 });
    const result = await create(signup, token);
    await vendor.calm();
    expect(result.kind).toBe(weatherKinds[weather]);
    const carriedOut = vendor.accounts().some(({ email }) => email === signup.email);
    if (result.kind === 'not-done') expect(carriedOut).toBe(false);
    expect((await create(signup, token)).kind).toBe(carriedOut ? 'duplicate' : 'created');
    expect(people()).toBe(vendor.accounts().length);
    expect(vendor.counts()).not.toHaveProperty('redirectsFollowed');
  });

  test('an account, with the credentials that the vendor made, and then its duplicate', async () => {
    const { vendor, create } = bench;
    const signup = signupWith({ email: 'sun@example.com' });
    const result = await create(signup, token);
    const made = vendor.accounts().find(({ email }) => email === signup.email);
    expect(result).toMatchObject({
      kind: 'created',
      account: { username: made?.username, role: 'student' },
      credentials: { username: made?.username, password: made?.password },
      notApplied: [],
    });
    expect(await create(signup, token)).toMatchObject({ kind: 'duplicate' });
  });

  test('an ended token is told from any other refusal', async () => {
    expect(await bench.create(signupWith({ email: 'late@example.com' }), 'DEADBEEF-0000')).toMatchObject({
      kind: 'token-refused',
    });
  });
});

describe('a login', () => {
  const loginIn = async (storm: ArmedWeather, ms?: number) => {
    const bench = await electaBench();
    bench.vendor.arm(storm);
    const result = await bench.login(ms);
    await bench.vendor.close();
    return result;
  };

  test.each(storms)('in %s', async (weather) => {
    expect((await loginIn({ weather, ms: 60_000 })).kind).toBe(weatherKinds[weather]);
  });

  test('after its deadline', async () => {
    expect((await loginIn({ weather: 'slow', ms: 5000 }, 50)).kind).toBe('nobody-knows');
  });

  test.each(['http-503', 'http-429'] as const)('is told by %s when to come back', async (weather) => {
    expect(await loginIn({ weather, ms: 30_000 })).toMatchObject({ kind: 'not-done', retryAfterMs: 30_000 });
  });
});

describe('a slow vendor', () => {
  test('is waited for within the deadline', async () => {
    const bench = await electaBench({ weather: [{ weather: 'slow', operation: 'User/Create', ms: 60 }] });
    expect((await bench.create(signupWith(), await bench.token())).kind).toBe('created');
    await bench.vendor.close();
  });

  test('that makes the account after the deadline has made it all the same', async () => {
    const bench = await electaBench({ weather: [{ weather: 'slow', operation: 'User/Create', ms: 150 }] });
    expect((await bench.create(signupWith(), await bench.token(), 50)).kind).toBe('nobody-knows');
    await expect.poll(() => bench.vendor.accounts().length).toBe(1);
    expect((await bench.create(signupWith(), await bench.token())).kind).toBe('duplicate');
    await bench.vendor.close();
  });

  test.each(['http-500', 'maintenance-page'] as const)(
    '%s after the account was made is no success',
    async (weather) => {
      const bench = await electaBench({ weather: [{ weather, operation: 'User/Create', carriedOut: true }] });
      expect((await bench.create(signupWith(), await bench.token())).kind).toBe('nobody-knows');
      expect(bench.vendor.accounts()).toHaveLength(1);
      await bench.vendor.close();
    },
  );
});
