import { expect, it } from 'vitest';
import { countRefusal, refusals, riskyUntil } from '../../lambdas/provision-user/refusals.ts';
import { blankSession, type SessionItem } from '../../lambdas/signups/ledger.ts';

const minute = 60_000;
const windowMs = 15 * minute;

/** The session after refusals of these versions, a minute apart. */
const after = (...versions: string[]): SessionItem =>
  versions.reduce((item, version, index) => countRefusal(item, version, index * minute), blankSession('classroom'));

it('refusals are counted for each version of the secret', () => {
  const item = after('v1', 'v2', 'v1');
  expect([refusals(item, 'v1'), refusals(item, 'v2'), refusals(item, 'v3')]).toEqual([2, 1, 0]);
});

it('only the last five versions are kept, and the one that was refused last is among them', () => {
  expect(Object.keys(after('v1', 'v2', 'v3', 'v4', 'v5', 'v6', 'v2').refused)).toEqual(['v3', 'v4', 'v5', 'v6', 'v2']);
  expect(Object.keys(after('v1', 'v2', 'v3', 'v4', 'v5', 'v4').refused)).toEqual(['v1', 'v2', 'v3', 'v5', 'v4']);
});

it('a fifth refusal within 15 minutes is not risked, whatever the versions', () => {
  expect(riskyUntil(after('v1', 'v1', 'v2'), windowMs)).toBe(0);
  expect(riskyUntil(after('v1', 'v1', 'v2', 'v3'), windowMs)).toBe(windowMs);
  expect(riskyUntil(after('v1', 'v1', 'v2', 'v3', 'v4'), windowMs)).toBe(minute + windowMs);
});
