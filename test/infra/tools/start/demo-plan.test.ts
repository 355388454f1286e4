import { expect, test } from 'vitest';
import { checkConfig } from '../../../../infra/config.ts';
import { planDemo } from '../../../../infra/tools/start/demo-plan.ts';

const electa = { platform: 'electa', credentials: 'discard' };
const plan = (sources: object, destinations: object) => {
  const config = checkConfig(
    { sources, destinations },
    { stage: 'dev', file: 'dev.json', stages: [], simulated: true },
  );
  const simulated = Object.entries(config.destinations).flatMap(([id, { url }]) => (url === undefined ? [id] : []));
  return planDemo(config, new Set(simulated));
};

test('a source is chosen once for all of its simulated destinations', async () => {
  const { deliveries, leftOut } = await plan(
    { shop: { preset: 'standard-webhooks', to: ['one', 'two'] } },
    { one: electa, two: electa },
  );
  expect(deliveries).toMatchObject([
    { source: 'shop', destinations: ['one', 'two'], signup: { email: 'ada@example.com' } },
  ]);
  expect(leftOut).toEqual([]);
});

test('a real vendor is left out, and with it each source that sends to it', async () => {
  const { deliveries, leftOut } = await plan(
    { shop: { preset: 'standard-webhooks', to: ['one', 'live'] } },
    { one: electa, live: { ...electa, url: 'https://api30.school-network.net' } },
  );
  expect(deliveries).toEqual([]);
  expect(leftOut).toEqual([
    { destination: 'one', why: 'its source shop also sends to live, a real vendor' },
    { destination: 'live', why: 'it is a real vendor, at https://api30.school-network.net' },
  ]);
});

test('a destination that the sample is not for takes the next source, or is left out with the reason', async () => {
  const never = { preset: 'standard-webhooks', to: [{ destination: 'one', when: 'data.email = "nobody"' }] };
  const left = await plan({ shop: never }, { one: electa });
  expect(left.leftOut).toEqual([{ destination: 'one', why: 'the sample of shop is not for it (`when` says so)' }]);
  const taken = await plan({ shop: never, crm: { preset: 'standard-webhooks', to: ['one'] } }, { one: electa });
  expect(taken.deliveries).toMatchObject([{ source: 'crm', destinations: ['one'] }]);
});

test('a retired destination is left out', async () => {
  const { leftOut } = await plan(
    { shop: { preset: 'standard-webhooks', to: ['one', 'old'] } },
    { one: electa, old: { ...electa, retired: true } },
  );
  expect(leftOut).toEqual([{ destination: 'old', why: 'it is retired' }]);
});
