import type { Clock } from '../signups/ports.ts';

/** Hands out turns to call the vendor, at an even pace: one for each request. */
export interface Pacer {
  /**
   * Waits for the turn of a first request.
   *
   * @param patienceMs the longest wait, as far as it can be foreseen
   * @param signal ends the wait; no request may follow then
   * @returns 0 when the turn has come; otherwise in how many milliseconds it would, and it was not taken
   */
  readonly first: (patienceMs: number, signal: AbortSignal) => Promise<number>;
  /** Waits for the turn of a request that follows another: before every first one, so that what was begun is finished. @param signal as above */
  readonly further: (signal: AbortSignal) => Promise<void>;
}

/**
 * The vendor's rate limit, split statically: each of the workers that may run at once has its share, so they need not ask each other.
 *
 * @param requestsPerSecond for the whole fleet
 * @param workers how many may run at once
 */
export function createPacer(
  requestsPerSecond: number,
  workers: number,
  { now, sleep }: { readonly now: Clock; readonly sleep: (milliseconds: number) => Promise<void> },
): Pacer {
  const interval = (1000 * workers) / requestsPerSecond;
  const firsts = new Set<() => void>();
  const furthers = new Set<() => void>();
  let next = 0;
  let isHandingOut = false;

  const queueUp = (queue: Set<() => void>, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      queue.add(resolve);
      const leave = () => {
        queue.delete(resolve);
        resolve();
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
      if (!isHandingOut) void handOut();
    });

  /** Hands out turns until nobody waits. */
  async function handOut(): Promise<void> {
    isHandingOut = true;
    while (furthers.size + firsts.size > 0) {
      const wait = next - now();
      if (wait > 0) await sleep(Math.ceil(wait));
      const queue = furthers.size > 0 ? furthers : firsts;
      const [go] = queue;
      // Whoever waited may have left meanwhile.
      if (go === undefined) continue;
      queue.delete(go);
      next = now() + interval;
      go();
    }
    isHandingOut = false;
  }

  return {
    first: async (patienceMs, signal) => {
      const wait = Math.max(0, next - now()) + (furthers.size + firsts.size) * interval;
      if (wait > patienceMs) return wait;
      await queueUp(firsts, signal);
      return 0;
    },
    further: (signal) => queueUp(furthers, signal),
  };
}
