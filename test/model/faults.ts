import type { EffectName, Mode } from './effects.ts';

/** One thing that goes wrong: the effect with this place in the schedule (counted from 0), in this way. */
export interface Fault {
  readonly at: number;
  readonly mode: Mode;
}

/** Decides what goes wrong, and notes what was asked for. */
export interface FaultPlan {
  /** Called once for each effect, in the order of the schedule. */
  readonly decide: (effect: EffectName) => Mode | undefined;
  /** The effects so far. */
  readonly trace: readonly EffectName[];
  /** What has gone wrong so far. */
  readonly fired: readonly { readonly effect: EffectName; readonly mode: Mode }[];
}

/** @param choose what goes wrong with the effect at this place, if anything */
export function createFaultPlan(choose: (at: number, effect: EffectName) => Mode | undefined): FaultPlan {
  const trace: EffectName[] = [];
  const fired: { effect: EffectName; mode: Mode }[] = [];
  return {
    trace,
    fired,
    decide: (effect) => {
      const mode = choose(trace.length, effect);
      trace.push(effect);
      if (mode !== undefined) fired.push({ effect, mode });
      return mode;
    },
  };
}

/** Exactly these. */
export const exactly = (faults: readonly Fault[]): FaultPlan =>
  createFaultPlan((at) => faults.find((fault) => fault.at === at)?.mode);
