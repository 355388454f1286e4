/**
 * The least time in which signups can be worked off. Nothing can do less: each needs one call of the vendor, which takes as long as it takes, and no
 * more than so many may be made at a time.
 *
 * @returns milliseconds
 */
export const drainFloorMs = (signups: number, latencyMs: number, inParallel: number): number =>
  (signups * latencyMs) / inParallel;
