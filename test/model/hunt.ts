import { explore, type Finding, newTally, type Tally } from './explore.ts';
import { interleave } from './interleave.ts';
import { scenarios } from './scenarios.ts';

const whole = { index: 0, of: 1 };
const found = (tally: Tally): boolean => tally.findings.length > 0;

/**
 * Looks for the first schedule that breaks a promise: single faults first, then random lives, then pairs.
 *
 * @returns the finding, if there is one, and after how many schedules
 */
export async function hunt(
  seed: number,
): Promise<{ readonly finding: Finding | undefined; readonly schedules: number }> {
  const tally = newTally();
  for (const scenario of scenarios) {
    if (!found(tally)) await explore(scenario, 1, whole, tally, found);
  }
  if (!found(tally)) await interleave(1_000, seed, tally);
  for (const scenario of scenarios) {
    if (!found(tally)) await explore(scenario, 2, whole, tally, found);
  }
  return { finding: tally.findings[0], schedules: tally.schedules };
}
