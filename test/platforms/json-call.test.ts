import { expect, test } from 'vitest';
import { jsonApi } from '../../lambdas/platforms/json-call.ts';

const common = { token: 'bearer', mediaType: 'application/json', wordsOf: () => '', now: () => 0 };

test.each(['http://vendor.example/v5', 'http://vendor.example/v5/', 'http://vendor.example/v5//'])(
  '%s is the same API',
  (url) => {
    expect(jsonApi({ ...common, url })().url).toBe('http://vendor.example/v5');
  },
);

test('the token and the passwords that are at hand must not come back', () => {
  expect(jsonApi({ ...common, url: 'http://vendor.example' })('one', undefined).secrets).toEqual(['bearer', 'one']);
});
