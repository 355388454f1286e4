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

let services: EmbeddedServices;
beforeAll(async () => {
  services = await startEmbedded();
});
afterAll(() => services.stop());

async function tellBoth(scenario: Scenario, faults: readonly Fault[]): Promise<{ virtual: Told; real: Told }> {
  const virtual = await tell(scenario, { plan: exactly(faults) });
  const ground = await services.ground(configOf(scenario).timeLimits);
  const real = await tellOn(ground, scenario, { plan: exactly(faults) });
  await ground.stop();
  return { virtual, real };
}

describe.each(told.map((scenario) => [scenario.name, scenario] as const))('%s', (_name, scenario) => {
  it('undisturbed, asks for the same in the same order', async () => {
    const { virtual, real } = await tellBoth(scenario, []);
    expect(real.plan.trace).toEqual(virtual.plan.trace);
    expect(storyOf(real)).toEqual(storyOf(virtual));
  });

  it('with any one thing going wrong, tells the same story and keeps the same promises', {
    timeout: 120_000,
  }, async () => {
    const { plan } = await tell(scenario, { plan: exactly([]) });
    const faults = plan.trace.flatMap((effect, at) =>
      modesOf(effect)
        .filter((mode) => isTellable(effect, mode))
        .map((mode) => ({ at, mode })),
    );
    // The virtual half takes turns, the real one waits: all at once.
    const virtual: string[][] = [];
    for (const fault of faults) virtual.push(storyOf(await tell(scenario, { plan: exactly([fault]) })));
    const real = await Promise.all(
      faults.map(async (fault) => {
        const ground = await services.ground(configOf(scenario).timeLimits);
        const telling = await tellOn(ground, scenario, { plan: exactly([fault]) });
        await ground.stop();
        return { story: storyOf(telling), broken: broken(telling) };
      }),
    );
    const name = (index: number) => JSON.stringify(faults[index]);
    for (const [index, { story, broken: promises }] of real.entries()) {
      expect(promises, name(index)).toEqual([]);
      expect(story, name(index)).toEqual(virtual[index]);
    }
  });
});
