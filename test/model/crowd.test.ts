import { expect, it } from 'vitest';
import { createFaultPlan, exactly } from './faults.ts';
import { post } from './people.ts';
import { createRandom } from './random.ts';
import { type Scenario, type Told, tell } from './scenario.ts';
import type { World } from './world.ts';

/** Many signups, ten workers, and a vendor that locks the account after five refused logins. */
const minute = 60_000;
const hour = 60 * minute;

const scenario = (crowd: number, script: (world: World) => void): Scenario => ({
  name: 'a crowd',
  vendor: { access: 'session', canLookUp: false, credentials: 'vendor-made', duplicates: 'refused' },
  workers: 10,
  batchSize: 10,
  giveUpAfterMs: 72 * hour,
  script: (world) => {
    for (let number = 0; number < crowd; number++) post(world, { name: `signup-${number}` });
    script(world);
  },
});

/** Everybody has an account and was told of it; nobody is in the DLQ, and nothing was locked. */
function expectEverybody({ world }: Told, crowd: number): void {
  expect(world.vendor.accounts).toHaveLength(crowd);
  expect(new Set(world.history.of('published').map(({ text }) => text)).size).toBe(crowd);
  expect(world.history.of('dead-lettered')).toEqual([]);
  expect(world.vendor.wasLocked()).toBe(false);
}

const refusedLogins = ({ world }: Told): number =>
  world.history.of('logged in').filter(({ answer }) => answer === 'refused').length;

it('a wrong key costs two refused logins, and everybody arrives once it is corrected', async () => {
  const random = createRandom(1);
  const script = (world: World) => {
    world.putWrongSecret();
    world.time.after(hour, () => world.putRightSecret());
  };
  const told = await tell(scenario(500, script), { plan: exactly([]), random });
  expect(refusedLogins(told)).toBe(2);
  expectEverybody(told, 500);
});

it('a wrong key never locks the account, though the answers to logins are lost', async () => {
  const random = createRandom(2);
  const plan = createFaultPlan((_at, effect) => (effect === 'log in' && random() < 0.7 ? 'reply-lost' : undefined));
  const script = (world: World) => {
    world.putWrongSecret();
    world.time.after(3 * hour, () => world.putRightSecret());
  };
  const told = await tell(scenario(500, script), { plan, random });
  expect(refusedLogins(told)).toBeGreaterThan(2);
  expectEverybody(told, 500);
});

it('a day without the vendor loses nobody, burns nobody and sends nobody to the DLQ', async () => {
  const random = createRandom(3);
  const script = (world: World) => world.vendor.goDown(world.time.now() + 24 * hour);
  const told = await tell(scenario(50, script), { plan: exactly([]), random });
  expectEverybody(told, 50);
});
