import { expect, it } from 'vitest';
import { assertTimeLimits, productionTimeLimits } from '../../infra/time-limits.ts';

it('lets production’s limits pass: each outlasts the one inside it', () => {
  expect(() => assertTimeLimits(productionTimeLimits)).not.toThrow();
});

it.each([
  [{ vendorCallMs: 45_000 }, 'vendorCallMs (45000 ms) must be less than recordDeadlineMs'],
  [{ recordDeadlineMs: 60_000 }, 'recordDeadlineMs (60000 ms) must be less than functionTimeoutMs'],
  [{ leaseMs: 60_000 }, 'functionTimeoutMs (60000 ms) must be less than leaseMs'],
  [{ leaseMs: 400_000 }, 'leaseMs (400000 ms) must be less than visibilityMs'],
  [{ visibilityMs: 300_000 }, 'must be at least 6 times functionTimeoutMs'],
])('refuses %o', (change, message) => {
  expect(() => assertTimeLimits({ ...productionTimeLimits, ...change })).toThrow(message);
});
