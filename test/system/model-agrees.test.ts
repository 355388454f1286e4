import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TimeLimits } from '../../lambdas/provision-user/config.ts';
import { type EffectName, modesOf } from '../model/effects.ts';
import { type EmbeddedServices, startEmbedded } from '../model/embedded/embedded-ground.ts';
import { storyOf } from '../model/embedded/story.ts';
import { exactly, type Fault } from '../model/faults.ts';
import { broken } from '../model/invariants.ts';
import { configOf, type Scenario, type Told, tell, tellOn } from '../model/scenario.ts';
import { scenarios } from '../model/scenarios.ts';

/**
 * A model that is kinder than the real thing proves nothing: the same schedules are told in virtual time, and on the SQS, SNS, DynamoDB and
 * Secrets Manager of the stack on this machine, with the same things going wrong; they tell the same story, and keep the same promises.
 */

/** In real time, and with room for a busy machine: so long that no limit is reached but by a fault. */
const timeLimits: Partial<TimeLimits> = {
  vendorCallMs: 2_000,
  recordDeadlineMs: 4_000,
  functionTimeoutMs: 5_000,
  leaseMs: 6_000,
  visibilityMs: 8_000,
  backoffMs: 100,
  loginSlotMs: 10_000,
};

/** Those that are over at once; one worker, for two need not take turns in the same way. */
const told = [
  'one signup at a vendor with a login',
  'one signup at a vendor that can be asked',
  'somebody who has an account signs up with tags',
  'a vendor that can be asked and allows duplicates',
].map((name): Scenario => {
  const scenario = scenarios.find((each) => each.name === name);
  return scenario === undefined ? expect.fail(`there is no scenario ${name}`) : { ...scenario, workers: 1, timeLimits };
});

/** The queue itself goes wrong in virtual time only; and a rotation's two halves would race with a real clock. */
const isTellable = (effect: EffectName, mode: string): boolean =>
  effect !== 'receive' && effect !== 'acknowledge' && mode !== 'rotated';

/** One telling of a scenario, and what virtual time makes of it. */
interface Telling {
  readonly scenario: Scenario;
  readonly faults: readonly Fault[];
  readonly virtual: Told;
}

async function tellingsOf(scenario: Scenario): Promise<readonly Telling[]> {
  const undisturbed = await tell(scenario, { plan: exactly([]) });
  const tellings: Telling[] = [{ scenario, faults: [], virtual: undisturbed }];
  for (const [at, effect] of undisturbed.plan.trace.entries()) {
    for (const mode of modesOf(effect).filter((each) => isTellable(effect, each))) {
      const faults = [{ at, mode }];
      tellings.push({ scenario, faults, virtual: await tell(scenario, { plan: exactly(faults) }) });
    }
  }
  return tellings;
}

let services: EmbeddedServices;
const tellings = new Map<string, readonly Telling[]>();
beforeAll(async () => {
  // All of the virtual half first: it holds the process's cryptography back.
  for (const scenario of told) tellings.set(scenario.name, await tellingsOf(scenario));
  services = await startEmbedded();
});
afterAll(() => services.stop());

/** All at once would be slower than their time limits; they mostly wait. Where the machine is late, the next one waits for it. */
const apartMs = 120;
const lateMs = 30;
let turn = Promise.resolve();

function myTurn(): Promise<void> {
  turn = turn.then(async () => {
    for (let late = Number.POSITIVE_INFINITY; late > lateMs; ) {
      const began = performance.now();
      await sleep(apartMs);
      late = performance.now() - began - apartMs;
    }
  });
  return turn;
}

async function tellReally({ scenario, faults }: Telling): Promise<Told> {
  await myTurn();
  const ground = await services.ground(configOf(scenario).timeLimits);
  const real = await tellOn(ground, scenario, { plan: exactly(faults) });
  await ground.stop();
  return real;
}

async function keepingPromises(telling: Telling): Promise<Told> {
  const real = await tellReally(telling);
  expect(broken(real), JSON.stringify(telling.faults)).toEqual([]);
  return real;
}

/** The story, and where nothing went wrong what was asked for in which order. */
const accountOf = (telling: Told = expect.fail()) => ({
  story: storyOf(telling),
  ...(telling.plan.fired.length === 0 ? { asked: telling.plan.trace } : {}),
});

describe.concurrent.each(told.map(({ name }) => [name] as const))('%s', (name) => {
  it('tells the same story and keeps the same promises, undisturbed (and then asks for the same in the same order) and with any one thing going wrong', {
    timeout: 180_000,
  }, async () => {
    const all = tellings.get(name) ?? [];
    expect(all.length).toBeGreaterThan(20);
    const first = await Promise.all(all.map(keepingPromises));
    const others = all.filter(
      (telling, index) => !isDeepStrictEqual(accountOf(first[index]), accountOf(telling.virtual)),
    );
    // A machine that was too slow for a time limit tells another story, too; those are told again, and are few, so that it has time for them.
    const again = await Promise.all(others.map(keepingPromises));
    for (const [index, { faults, virtual }] of others.entries())
      expect(accountOf(again[index]), JSON.stringify(faults)).toEqual(accountOf(virtual));
  });
});
