import type { Step } from '../signups/ledger.ts';
import type { Reason } from '../signups/outcome.ts';
import type { ProvisionUserConfig } from './config.ts';

/** What a destination's pauses depend on. */
export interface PauseLimits {
  readonly backoffMs: number;
  readonly backoffCapMs: number;
  readonly giveUpAfterMs: number;
}

export const pauseLimits = ({ timeLimits, destination }: ProvisionUserConfig): PauseLimits => ({
  ...timeLimits,
  giveUpAfterMs: destination.giveUpAfterMs,
});

/**
 * The longest that a signup waits between two attempts, unless the vendor itself asks for more; its message sleeps no longer in any case, so that
 * somebody hears of it. As a part of the patience it makes the queue's receives last.
 */
export const longestPauseMs = ({ backoffCapMs, giveUpAfterMs }: Omit<PauseLimits, 'backoffMs'>): number =>
  Math.max(backoffCapMs, giveUpAfterMs / 200);

/** When a signup that must wait comes back: full jitter under a doubling limit, never before the vendor's Retry-After, once more at the very end. */
export function backoff(
  step: Step,
  now: number,
  giveUpAt: number,
  limits: PauseLimits,
  random: number,
  retryAfterMs = 0,
): number {
  const ceiling = Math.min(longestPauseMs(limits), limits.backoffMs * 2 ** Math.min(step.returns, 30));
  const due = now + Math.max(retryAfterMs, Math.ceil(random * ceiling));
  return Math.min(due, Math.max(giveUpAt, now));
}

/** Giving up: `failed`, or `unknown` where a call may have been carried out. */
export const gaveUp = (maybeDone: boolean, last: Reason): { outcome: 'failed' | 'unknown'; reason: Reason } => ({
  outcome: maybeDone ? 'unknown' : 'failed',
  reason: { code: 'gave-up', message: `gave up waiting; the last reason was ${last.code}: ${last.message}` },
});
