import { expect, test } from 'vitest';
import { isStatusKey, makeStatusKey, readStatusSecret, statusSecretId } from '../../lambdas/signups/status-key.ts';

const secret = 'a-generated-key-of-32-characters';
const key = makeStatusKey('shop.8fk2', secret);

test("a status key is 43 characters that fit into a URL, and opens its own signup's status only", () => {
  expect(key).toMatch(/^[\w-]{43}$/);
  expect(isStatusKey(key, 'shop.8fk2', secret)).toBe(true);
  expect(isStatusKey(key, 'shop.8fk3', secret)).toBe(false);
  expect(isStatusKey(key, 'shop.8fk2', `${secret}!`)).toBe(false);
});

test.each(['', key.slice(1), `${key}=`, `${key},${key}`, 'é'.repeat(43), key.toUpperCase()])(
  '%j is none',
  (candidate) => {
    expect(isStatusKey(candidate, 'shop.8fk2', secret)).toBe(false);
  },
);

test.each([undefined, null, {}, { key: '' }, { key: 'fifteen-letters' }, { key: 1 }, 'text', []])(
  'the secret %j has no key to sign with, and the error does not repeat it',
  (value) => {
    expect(() => readStatusSecret(value)).toThrow('the status secret holds no key of at least 16 characters');
  },
);

test('the secret is the stage’s own', () => {
  expect(readStatusSecret({ key: secret })).toBe(secret);
  expect(statusSecretId('prod')).toBe('matriculate/prod/status');
});
