import type { TimeLimits } from '../lambdas/provision-user/config.ts';

const second = 1000;
const minute = 60 * second;

/** What is deployed; tests use the same in small. */
export const productionTimeLimits: TimeLimits = {
  vendorCallMs: 20 * second,
  recordDeadlineMs: 45 * second,
  functionTimeoutMs: 60 * second,
  leaseMs: 90 * second,
  visibilityMs: 360 * second,
  backoffMs: 2 * second,
  backoffCapMs: 15 * minute,
  loginSlotMs: 15 * minute,
  secretLifeMs: 5 * minute,
};

/**
 * Each limit must outlast the one inside it: a call that outlives its record's deadline, or a lease that ends while its function still
 * runs, would let two workers work on one signup.
 *
 * @throws Error naming the two that are in the wrong order
 */
export function assertTimeLimits(limits: TimeLimits): void {
  const order = ['vendorCallMs', 'recordDeadlineMs', 'functionTimeoutMs', 'leaseMs', 'visibilityMs'] as const;
  for (const [index, outer] of order.entries()) {
    const inner = order[index - 1];
    if (inner !== undefined && limits[inner] >= limits[outer])
      throw new Error(`${inner} (${limits[inner]} ms) must be less than ${outer} (${limits[outer]} ms)`);
  }
  // Lambda's rule for queues: a batch may be tried, throttled and tried again within one visibility timeout.
  if (limits.visibilityMs < 6 * limits.functionTimeoutMs)
    throw new Error(
      `visibilityMs (${limits.visibilityMs} ms) must be at least 6 times functionTimeoutMs (${limits.functionTimeoutMs} ms)`,
    );
}
