import type { Clock } from '../signups/ports.ts';

/** Hands out turns to call the vendor, at an even pace. */
export interface Pacer {
  /**
   * Waits for the next turn.
   *
   * @param patienceMs the longest wait
   * @returns 0 when the turn has come; otherwise in how many milliseconds it would, and it was not taken
   */
  readonly turn: (patienceMs: number) => Promise<number>;
}

/**
 * The vendor's rate limit, split statically: each of the workers that may run at once has its share, so they need not ask each other.
 *
 * @param requestsPerSecond for the whole fleet; `undefined` where nothing limits it
 * @param workers how many may run at once
 */
export function createPacer(
  requestsPerSecond: number | undefined,
  workers: number,
  { now, sleep }: { readonly now: Clock; readonly sleep: (milliseconds: number) => Promise<void> },
): Pacer {
  if (requestsPerSecond === undefined) return { turn: async () => 0 };
  const interval = (1000 * workers) / requestsPerSecond;
  let next = 0;
  return {
    turn: async (patienceMs) => {
      const wait = Math.max(0, next - now());
      if (wait > patienceMs) return wait;
      next = now() + wait + interval;
      if (wait > 0) await sleep(Math.ceil(wait));
      return 0;
    },
  };
}
