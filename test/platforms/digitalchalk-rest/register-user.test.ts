import { describe, expect, it } from 'vitest';
import type { RegisterResult } from '../../../lambdas/platforms/platform.ts';
import type { Weather } from '../../../lambdas/platforms/platform-simulator.ts';
import { weathers } from '../../../lambdas/platforms/platform-simulator.ts';
import { callWith } from '../vendor-call.ts';
import { weatherKinds } from '../weather-kinds.ts';
import { answering, bench, connectTo, opened, registerCall, token } from './simulated.ts';

async function withAda(variants: Readonly<Record<string, string>> = {}) {
  const { running, account } = await bench({ variants });
  await account.createAccount(callWith());
  return { running, account, userId: running.accounts()[0]?.userId };
}

const offerings = ({ running }: Awaited<ReturnType<typeof withAda>>) => running.accounts()[0]?.fields.offerings;

describe('a registration', () => {
  it.each(['path', 'below-base', 'absolute'])('is told with its id, the Location written as %s', async (location) => {
    const vendor = await withAda({ location });
    const { account, userId } = vendor;
    expect(await account.register(registerCall('course-1', { userId }))).toEqual({
      kind: 'registered',
      registrationId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(offerings(vendor)).toBe('course-1');
  });

  it('is made by the address where nobody told the id', async () => {
    const vendor = await withAda();
    expect(await vendor.account.register(registerCall())).toMatchObject({ kind: 'registered' });
    expect(offerings(vendor)).toBe('course-1');
  });

  it.each(['refused', 'allowed'])('is not made twice where retakes are %s', async (retakes) => {
    const vendor = await withAda({ retakes });
    await vendor.account.register(registerCall());
    expect(await vendor.account.register(registerCall())).toMatchObject({ kind: 'already' });
    expect(await vendor.account.register(registerCall('course-2'))).toMatchObject({ kind: 'registered' });
    expect(offerings(vendor)).toBe('course-1 course-2');
  });

  it('that another call made in the meantime is found', async () => {
    const there = { results: [{ id: 'r', userId: 'u', offeringId: 'course-1', status: 'active' }] };
    const { url } = await answering(
      { body: '{"results":[]}' },
      { status: 400, body: '{"errors":["no"]}' },
      { body: JSON.stringify(there) },
    );
    expect(await opened(connectTo(url), { token }).register(registerCall('course-1', { userId: 'u' }))).toEqual({
      kind: 'already',
      message: 'no',
    });
  });

  it.each([
    { id: 'r', userId: 'u', offeringId: 'course-1', status: 'passed' },
    { id: 'r', userId: 'u', offeringId: 'course-1', status: 'ejected' },
    { id: 'r', userId: 'u', offeringId: 'course-12', status: 'active' },
    { id: 'r', userId: 'u2', offeringId: 'course-1', status: 'active' },
  ])('is not taken for there because of %j', async (other) => {
    const created = { status: 201, headers: { location: '/dc/api/v5/registrations/r2' } };
    const { url, asked } = await answering({ body: JSON.stringify({ results: [other] }) }, created);
    expect(await opened(connectTo(url), { token }).register(registerCall('course-1', { userId: 'u' }))).toEqual({
      kind: 'registered',
      registrationId: 'r2',
    });
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['closed-1', 'The offering is not open for registration'],
    ['unknown-1', 'The offering does not exist'],
  ])('for %s is rejected with the vendor’s words', async (offering, message) => {
    const { account } = await withAda();
    expect(await account.register(registerCall(offering))).toEqual({ kind: 'rejected', message });
  });

  it('of nobody is rejected', async () => {
    const { account } = await bench();
    expect(await account.register(registerCall())).toEqual({
      kind: 'rejected',
      message: 'the vendor has no user with this address',
    });
  });

  const after: Readonly<Record<Weather, RegisterResult['kind']>> = {
    ...weatherKinds,
    // There is no body that could be spoilt.
    truncated: 'registered',
    'two-roots': 'registered',
    'wrong-charset': 'registered',
  };
  it.each(weathers)('in %s is made once, and said to be made only where it was', async (weather) => {
    const vendor = await withAda({ retakes: 'allowed' });
    const { running, account, userId } = vendor;
    running.arm({ weather, operation: 'POST /registrations', ms: weather === 'slow' ? 300 : 3000 });
    const result = await account.register(registerCall('course-1', { userId }, weather === 'slow' ? 150 : 5000));
    expect([after[weather], ...(weather === 'reset-mid-body' ? ['registered'] : [])]).toContain(result.kind);
    if (result.kind === 'registered') expect(offerings(vendor)).toBe('course-1');
    if (result.kind === 'not-done') expect(offerings(vendor)).toBe('');
    await running.calm();
    if (weather === 'slow') await expect.poll(() => offerings(vendor), { timeout: 4000 }).toBe('course-1');
    await account.register(registerCall('course-1', { userId }));
    expect(offerings(vendor)).toBe('course-1');
  });

  it.each(['http-500', 'http-503', 'truncated', 'reply-lost', 'maintenance-page'] as const)(
    'is not asked for where the list of registrations meets %s',
    async (weather) => {
      const { running, account, userId } = await withAda();
      running.arm({ weather, operation: 'GET /registrations' });
      expect(await account.register(registerCall('course-1', { userId }))).toMatchObject({ kind: 'not-done' });
      expect(running.counts()).not.toHaveProperty('POST /registrations');
    },
  );
});
