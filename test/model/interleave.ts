import * as fc from 'fast-check';
import { note, type Tally } from './explore.ts';
import { type Broken, broken } from './invariants.ts';
import { type Life, live, lives } from './lives.ts';

/**
 * Tells random lives, and shrinks the first that breaks a promise to the shortest that still does.
 *
 * @param seed the same seed tells the same lives
 */
export async function interleave(count: number, seed: number, tally: Tally): Promise<void> {
  let last: readonly Broken[] = [];
  let isShrinking = false;
  const holds = async (life: Life): Promise<boolean> => {
    const told = await live(life);
    if (!isShrinking) note(tally, told.plan.fired);
    const promises = broken(told);
    if (promises.length === 0) return true;
    last = promises;
    isShrinking = true;
    return false;
  };
  const result = await fc.check(fc.asyncProperty(lives, holds), { numRuns: count, seed });
  if (result.errorInstance !== null && result.errorInstance !== undefined && last.length === 0)
    throw result.errorInstance;
  if (!result.failed) return;
  const [life] = result.counterexample ?? [];
  // The last one tried need not be the one that it settled on.
  const promises = life === undefined ? last : broken(await live(life));
  tally.findings.push({ scenario: `a life, seed ${seed}`, schedule: JSON.stringify(life), broken: promises });
}
