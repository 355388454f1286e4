import { expect, test } from 'vitest';
import { anyEqual, anyEqualSecret } from '../../../lambdas/receive-signup/verify/constant-time.ts';

const bytes = (text: string) => Buffer.from(text);

test('a match is found wherever it stands, and what comes after does not undo it', () => {
  const candidates = ['a', 'b', 'c'].map(bytes);
  for (const right of ['a', 'b', 'c']) {
    expect(anyEqual([bytes(right)], candidates)).toBe(true);
    expect(anyEqual(candidates, [bytes(right)])).toBe(true);
  }
  expect(anyEqual([bytes('d')], candidates)).toBe(false);
});

test('nothing is equal to nothing', () => {
  expect(anyEqual([], [bytes('a')])).toBe(false);
  expect(anyEqual([bytes('a')], [])).toBe(false);
});

test('other lengths are unequal, and no error', () => {
  expect(anyEqual([bytes('ab')], [bytes('a'), bytes('abc')])).toBe(false);
  expect(anyEqualSecret([bytes('ab')], bytes('abc'))).toBe(false);
  expect(anyEqualSecret([bytes('ab'), bytes('abc')], bytes('abc'))).toBe(true);
});
