import { expect, it } from 'vitest';
import { createBreaker } from '../../lambdas/provision-user/breaker.ts';
import { blankSession, type SessionItem } from '../../lambdas/signups/ledger.ts';

const item: SessionItem = { ...blankSession('classroom'), refused: { v1: 1, v2: 2, v3: 3 } };

function world() {
  const told: unknown[] = [];
  const silent = () => undefined;
  const metric = (...said: unknown[]) => told.push(said);
  return { told, breaker: createBreaker({ info: silent, warn: silent, error: silent, metric }, 'classroom') };
}
const open = ['BreakerOpen', 1, { destination: 'classroom' }];
const closed = ['BreakerOpen', 0, { destination: 'classroom' }];

it('is open for a version that was refused twice or more, and for no other', () => {
  const { breaker } = world();
  const isOpen = (version: string) => breaker.openFor(item, version)?.reason.code;
  expect(['v1', 'v2', 'v3', 'v4'].map(isOpen)).toEqual([undefined, 'breaker-open', 'breaker-open', undefined]);
});

it('tells that it is open as often as it stops somebody', () => {
  const { breaker, told } = world();
  breaker.openFor(item, 'v1');
  expect(told).toEqual([]);
  breaker.openFor(item, 'v2');
  breaker.openFor(item, 'v2');
  expect(told).toEqual([open, open]);
});

it('tells that it is closed once, and again after it was open', () => {
  const { breaker, told } = world();
  breaker.tellClosed();
  breaker.tellClosed();
  breaker.openFor(item, 'v2');
  breaker.tellClosed();
  breaker.tellClosed();
  expect(told).toEqual([closed, open, closed]);
});
