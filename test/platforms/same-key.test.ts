import { expect, it } from 'vitest';
import { isSameKey, normalKey } from '../../lambdas/platforms/same-key.ts';

it.each([
  ['ada@example.com', ' ADA@Example.com\n'],
  ['Zoe\u0308', 'zoë'],
])('%j and %j are the same person', (one, other) => {
  expect(isSameKey(one, other)).toBe(true);
  expect(normalKey(one)).toBe(normalKey(other));
});

it.each([
  ['ann@x.com', 'joann@x.com'],
  ['zoe', 'zoë'],
  ['', 'a'],
])('%j and %j are not', (one, other) => {
  expect(isSameKey(one, other)).toBe(false);
});
