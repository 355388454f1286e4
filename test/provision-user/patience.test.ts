import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextMove } from '../../lambdas/provision-user/next-move.ts';
import { backoff, gaveUp } from '../../lambdas/provision-user/patience.ts';
import { because, now, waiting } from './items.ts';

const hour = 3_600_000;
const limits = { backoffMs: 2_000, backoffCapMs: 900_000, giveUpAfterMs: 72 * hour };

describe('how a step goes on', () => {
  it.each([
    [false, false, 'refused', 'call'],
    [false, true, 'allowed', 'call'],
    [true, true, 'refused', 'look-up'],
    [true, true, 'allowed', 'look-up'],
    [true, false, 'refused', 'call'],
    [true, false, 'allowed', 'unknown'],
  ] as const)('in doubt: %s, can be asked: %s, duplicates %s: %s', (maybeDone, canLookUp, duplicates, move) => {
    expect(nextMove(maybeDone, { canLookUp, duplicates })).toBe(move);
  });
});

describe('the backoff', () => {
  it.each([
    [0, 2_000],
    [1, 4_000],
    [5, 64_000],
    [20, (72 * hour) / 200],
  ])('after %i returns is at most %i milliseconds', (returns, most) => {
    const due = backoff(waiting(now, { returns }), now, now + 72 * hour, limits, 0.999_999, 0);
    expect(due - now).toBeGreaterThan(most * 0.999);
    expect(due - now).toBeLessThanOrEqual(most);
  });

  it('grows to 15 minutes where the patience is short', () => {
    const short = { ...limits, giveUpAfterMs: hour };
    expect(backoff(waiting(now, { returns: 20 }), now, now + 24 * hour, short, 1) - now).toBe(900_000);
  });

  it('is never before now nor Retry-After, and never after the patience’s end: one last attempt is made then', () => {
    fc.assert(
      fc.property(
        fc.nat(60),
        fc.integer({ min: -10, max: 80 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        fc.nat(10 * hour),
        (returns, hours, random, retryAfter) => {
          const giveUpAt = now + hours * hour;
          const due = backoff(waiting(now, { returns }), now, giveUpAt, limits, random, retryAfter);
          expect(due).toBeGreaterThanOrEqual(now);
          expect(due).toBeLessThanOrEqual(Math.max(giveUpAt, now));
          expect(due).toBeGreaterThanOrEqual(Math.min(now + retryAfter, Math.max(giveUpAt, now)));
        },
      ),
    );
  });
});

it('giving up is failed, and unknown where a call may have been carried out', () => {
  expect(gaveUp(false, because)).toMatchObject({ outcome: 'failed', reason: { code: 'gave-up' } });
  expect(gaveUp(true, because)).toMatchObject({ outcome: 'unknown' });
  expect(gaveUp(true, because).reason.message).toContain('vendor-unavailable: the vendor is down');
});
