import { expect, test } from 'vitest';
import { errorWords, isUniqueness } from '../../../lambdas/platforms/scim/scim-error.ts';

test.each([
  [{ detail: 'a', error_description: 'b', scimType: 'c' }, 'a'],
  [{ detail: '', error_description: 'b', scimType: 'c' }, 'b'],
  [{ detail: 1, error_description: [], scimType: 'c' }, 'c'],
  [{ detail: null, error_description: {}, scimType: 1 }, ''],
  [{}, ''],
  [null, ''],
  ['a', ''],
])('of the refusal %j the words are "%s"', (body, words) => {
  expect(errorWords(body)).toBe(words);
});

test.each([
  [{ scimType: 'uniqueness' }, true],
  [{ scimType: 'Uniqueness' }, true],
  [{ scimType: 'mutability' }, false],
  [{ scimType: 1 }, false],
  [{ detail: 'uniqueness' }, false],
  [undefined, false],
])('%j says that the person is there: %j', (body, is) => {
  expect(isUniqueness(body)).toBe(is);
});
