import { expect, test } from 'vitest';
import { type JsonApi, jsonApi } from '../../lambdas/platforms/json-call.ts';

const never = () => Promise.reject(new Error('nothing is asked here'));
const common = { token: 'bearer', mediaType: 'application/json', wordsOf: () => '', now: () => 0 };

test.each(['http://vendor.example/v5', 'http://vendor.example/v5/', 'http://vendor.example/v5//'])(
  '%s is the same API',
  (url) => {
    expect(jsonApi({ ...common, url }, never).api({}).url).toBe('http://vendor.example/v5');
  },
);

test('the token and the passwords that are at hand must not come back', () => {
  const { api } = jsonApi({ ...common, url: 'http://vendor.example' }, never);
  expect(api({}, 'one', undefined).secrets).toEqual(['bearer', 'one']);
});

test('the token must not come back from a probe either', async () => {
  const asked: JsonApi[] = [];
  const accepting = async (bare: JsonApi) => {
    asked.push(bare);
    return { kind: 'accepted' } as const;
  };
  const { api, probe } = jsonApi({ ...common, url: 'http://vendor.example' }, accepting);
  await probe(AbortSignal.timeout(1000));
  await api({}, 'one').probe?.(AbortSignal.timeout(1000));
  expect(asked.map(({ secrets }) => secrets)).toEqual([['bearer'], ['bearer']]);
});
