import { describe, expect, it, test } from 'vitest';
import { backoff, gaveUp, longestPauseMs, pauseLimits } from '../../lambdas/provision-user/patience.ts';
import type { Step } from '../../lambdas/signups/ledger.ts';
import { config } from './config.ts';
import { now } from './signup-items.ts';

describe('a signup that must wait', () => {
  const limits = { backoffMs: 2_000, backoffCapMs: 900_000, giveUpAfterMs: 72 * 3_600_000 };
  const step = (returns: number): Step => ({
    name: 'account',
    state: 'suspect',
    attempt: 1,
    returns,
    maybeDone: false,
  });
  const at = (returns: number, random = 1, retryAfterMs?: number, giveUpAt = Number.MAX_SAFE_INTEGER) =>
    backoff(step(returns), now, giveUpAt, limits, random, retryAfterMs) - now;

  it('waits up to twice as long each time, and never longer than the greater of the cap and a part of the patience', () => {
    expect([at(0), at(1), at(2), at(5)]).toEqual([2_000, 4_000, 8_000, 64_000]);
    expect(at(60)).toBe((72 * 3_600_000) / 200);
    expect(backoff(step(60), 0, Number.MAX_SAFE_INTEGER, { ...limits, giveUpAfterMs: 1 }, 1)).toBe(900_000);
  });

  it('takes any time below that, so that many do not come together', () => {
    expect([at(2, 0), at(2, 0.25), at(2, 0.0001)]).toEqual([0, 2_000, 1]);
  });

  it('never comes before the vendor’s Retry-After, and once more at the very end', () => {
    expect(at(0, 0.5, 60_000)).toBe(60_000);
    expect(at(5, 1, 60_000)).toBe(64_000);
    expect(at(5, 1, 0, now + 10_000)).toBe(10_000);
    expect(at(5, 1, 0, now - 10_000)).toBe(0);
  });
});

test('a destination’s longest pause is a part of its own patience', () => {
  const destination = { ...config.destination, giveUpAfterMs: 200 * 3_600_000 };
  expect(longestPauseMs(pauseLimits({ ...config, destination }))).toBe(3_600_000);
});

test('giving up is failed, and unknown where a call may have been carried out, with the last reason', () => {
  const last = { code: 'vendor-unavailable', message: 'busy' } as const;
  const reason = { code: 'gave-up', message: 'gave up waiting; the last reason was vendor-unavailable: busy' };
  expect(gaveUp(false, last)).toEqual({ outcome: 'failed', reason });
  expect(gaveUp(true, last)).toEqual({ outcome: 'unknown', reason });
});
