import { createSharedClock, type SharedClock } from '../../lambdas/aws/shared-clock.ts';
import type { EffectName } from './effects.ts';
import type { FaultPlan } from './faults.ts';
import type { History } from './history.ts';
import type { Time } from './time.ts';

/** The asker was told that nothing was carried out. */
export class NotCarriedOut extends Error {
  override readonly name = 'NotCarriedOut';
}
/** The asker was told nothing that it could use. */
export class NobodyKnows extends Error {
  override readonly name = 'NobodyKnows';
}

/** One of the function's execution environments: what lives from a cold start to a crash. */
export interface Environment {
  readonly name: string;
  /** Set by the table's replies; the machine's own clock is ahead, or behind. */
  readonly clock: SharedClock;
  readonly isAlive: () => boolean;
  /** Nothing that it was about to do ever happens. */
  readonly die: (why: string) => void;
  readonly dead: Promise<void>;
  /** Whether an effect stalls just now: then the function's timeout does not end it. */
  readonly isStalled: () => boolean;
  /** Asks the world for something, and has it go wrong as the plan says. */
  readonly ask: <T>(effect: EffectName, carryOut: () => T | Promise<T>) => Promise<T>;
  /** What it waits for comes only if it lives. */
  readonly living: <T>(promise: Promise<T>) => Promise<T>;
}

export interface Surroundings {
  readonly time: Time;
  readonly history: History;
  readonly plan: FaultPlan;
  /** How long one way takes. */
  readonly latency: (effect: EffectName) => number;
  readonly visibilityMs: number;
  /** The vendor's key changes. */
  readonly rotate: () => void;
  readonly endSession: () => void;
  /** Whether a service takes nothing at present. */
  readonly isOut: (effect: EffectName) => boolean;
}

/** @param skew milliseconds that the machine's clock is ahead */
export function createEnvironment(name: string, skew: number, surroundings: Surroundings): Environment {
  const { time, history, plan, latency, rotate, endSession, isOut, visibilityMs } = surroundings;
  // Longer than a lease and the queue's patience: others are at it, or have been.
  const stallMs = (visibilityMs * 4) / 3;
  const lateMs = (visibilityMs * 7) / 6;
  const clock = createSharedClock(() => time.now() + skew);
  let alive = true;
  let stalled = 0;
  let bury = (): void => undefined;
  const dead = new Promise<void>((resolve) => {
    bury = resolve;
  });
  const never = new Promise<never>(() => undefined);
  history.add({ kind: 'started', worker: name });

  const die = (why: string): void => {
    if (!alive) return;
    alive = false;
    history.add({ kind: 'died', worker: name, why });
    bury();
  };
  const living = async <T>(promise: Promise<T>): Promise<T> => {
    try {
      const value = await promise;
      return alive ? value : await never;
    } catch (error) {
      if (alive) throw error;
      return never;
    }
  };

  async function ask<T>(effect: EffectName, carryOut: () => T | Promise<T>): Promise<T> {
    if (!alive) return never;
    const mode = plan.decide(effect);
    if (mode !== undefined) history.add({ kind: 'went wrong', worker: name, effect, mode });
    if (mode === 'crash-before') {
      die(`${mode} ${effect}`);
      return never;
    }
    if (mode === 'rotated') rotate();
    if (mode === 'token-ended') endSession();
    await time.sleep(latency(effect));
    if (isOut(effect)) return living(Promise.reject(new NotCarriedOut(`${effect}: an outage`)));
    switch (mode) {
      case 'before':
        return living(Promise.reject(new NotCarriedOut(effect)));
      case 'request-lost':
        return living(Promise.reject(new NobodyKnows(effect)));
      case 'late':
        time.after(lateMs, () => void swallow(carryOut));
        return never;
      case 'crash-after':
        await swallow(carryOut);
        die(`${mode} ${effect}`);
        return never;
      case 'reply-lost':
        await swallow(carryOut);
        await time.sleep(latency(effect));
        return living(Promise.reject(new NobodyKnows(effect)));
      case 'retried':
        await swallow(carryOut);
        await time.sleep(latency(effect) * 2);
        break;
      default:
        break;
    }
    const answer = await attempt(carryOut);
    if (mode === 'stall') {
      stalled++;
      await time.sleep(stallMs);
      stalled--;
    }
    await time.sleep(latency(effect));
    return living(answer());
  }

  return {
    name,
    clock,
    isAlive: () => alive,
    die,
    dead,
    isStalled: () => stalled > 0,
    ask,
    living,
  };
}

/** What came of it, told when the reply is there. */
async function attempt<T>(carryOut: () => T | Promise<T>): Promise<() => Promise<T>> {
  try {
    const value = await carryOut();
    return async () => value;
  } catch (error) {
    return () => Promise.reject(error);
  }
}

/** Carries something out for nobody to hear of. */
async function swallow(carryOut: () => unknown): Promise<void> {
  try {
    await carryOut();
  } catch {
    // Whoever asked is not told.
  }
}
