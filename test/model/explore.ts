import { type EffectName, modesOf } from './effects.ts';
import { exactly, type Fault } from './faults.ts';
import { type Broken, broken } from './invariants.ts';
import type { Scenario } from './scenario.ts';
import { tell } from './scenario.ts';

/** A schedule that broke a promise. */
export interface Finding {
  readonly scenario: string;
  /** What it takes to tell it again. */
  readonly schedule: string;
  readonly broken: readonly Broken[];
}

/** What was looked at, and what was found. */
export interface Tally {
  schedules: number;
  /** How often each effect went wrong in each way: `effect, mode`. */
  readonly fired: Map<string, number>;
  readonly findings: Finding[];
}

export const newTally = (): Tally => ({ schedules: 0, fired: new Map(), findings: [] });

/** What one of several workers looks at: every `of`-th first fault, from `index` on. */
export interface Share {
  readonly index: number;
  readonly of: number;
}

/**
 * Tells a scenario with no fault, with every single fault, and, at a depth of 2, with every pair of faults: each effect of the schedule that
 * the first fault leads to, after it, in each of its modes.
 *
 * @param enough looks at no further schedule once it says so
 */
export async function explore(
  scenario: Scenario,
  depth: 1 | 2,
  share: Share,
  tally: Tally,
  enough: (tally: Tally) => boolean,
): Promise<void> {
  const undisturbed = await look(scenario, [], tally, share.index === 0);
  let index = 0;
  for (const single of faultsOf(undisturbed, 0)) {
    if (enough(tally)) return;
    if (index++ % share.of !== share.index) continue;
    const trace = await look(scenario, [single], tally);
    if (depth === 1) continue;
    for (const second of faultsOf(trace, single.at + 1)) {
      if (enough(tally)) return;
      await look(scenario, [single, second], tally);
    }
  }
}

/** Tells it once, and notes what it shows. @returns its effects, in order */
async function look(scenario: Scenario, faults: readonly Fault[], tally: Tally, counts = true) {
  const told = await tell(scenario, { plan: exactly(faults) });
  const { trace, fired } = told.plan;
  if (!counts) return trace;
  note(tally, fired);
  const promises = broken(told);
  if (promises.length > 0)
    tally.findings.push({ scenario: scenario.name, schedule: JSON.stringify(faults), broken: promises });
  return trace;
}

/** Counts a schedule and what went wrong in it. */
export function note(tally: Tally, fired: readonly { readonly effect: string; readonly mode: string }[]): void {
  tally.schedules++;
  for (const { effect, mode } of fired) {
    const key = `${effect}, ${mode}`;
    tally.fired.set(key, (tally.fired.get(key) ?? 0) + 1);
  }
}

function* faultsOf(trace: readonly EffectName[], from: number): Generator<Fault> {
  for (const [at, effect] of trace.entries()) {
    if (at >= from) for (const mode of modesOf(effect)) yield { at, mode };
  }
}
