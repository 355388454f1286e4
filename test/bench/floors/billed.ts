/**
 * The least worker time that a signup can be billed. Nothing can do less: while the vendor is at it somebody has to wait, and a wait costs the same for
 * one record as for the whole batch.
 *
 * @returns milliseconds
 */
export const billedFloorMs = (latencyMs: number, recordsInParallel: number): number => latencyMs / recordsInParallel;
