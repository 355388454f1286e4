import type { Step } from '../signups/ledger.ts';
import type { Reason } from '../signups/outcome.ts';

/** The longest that a signup waits between two attempts, unless the vendor itself asks for more. */
export const longestPauseMs = (limits: { readonly backoffCapMs: number; readonly giveUpAfterMs: number }): number =>
  Math.max(limits.backoffCapMs, limits.giveUpAfterMs / 200);

/** When a signup that must wait comes back: full jitter under a doubling limit, never before the vendor's Retry-After, once more at the very end. */
export function backoff(
  step: Step,
  now: number,
  giveUpAt: number,
  limits: { backoffMs: number; backoffCapMs: number; giveUpAfterMs: number },
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
