import { expect, test } from 'vitest';
import { errorWords } from '../../../lambdas/platforms/digitalchalk-rest/error-words.ts';

test.each([
  [{ errors: ['Email is taken', ' '], fieldErrors: { username: 'too long' } }, 'Email is taken; username: too long'],
  [{ error: 'invalid_token', error_description: 'The token has expired' }, 'The token has expired'],
  [{ error: 'invalid_token' }, 'invalid_token'],
  [{ errors: [1, null, 'Email is taken'], fieldErrors: { username: { code: 3 } }, error: 7 }, 'Email is taken'],
  [{ errors: 'Email is taken', fieldErrors: ['x'] }, ''],
  [['Email is taken'], ''],
  ['Email is taken', ''],
  [null, ''],
])('of %j the words that are texts are told: %j', (body, words) => {
  expect(errorWords(body)).toBe(words);
});
