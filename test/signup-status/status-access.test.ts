import { expect, test } from 'vitest';
import { mayAsk } from '../../lambdas/signup-status/status-access.ts';
import { makeStatusKey } from '../../lambdas/signups/status-key.ts';
import { secretOf, secretsOf } from './world.ts';

const key = (letter: string) => letter.repeat(32);
const version = (letter: string) => secretOf(letter, { key: key(letter) });
const made = (letter: string) => makeStatusKey('shop.1', key(letter));

test('a key made with the secret may ask, and only for its own signup', async () => {
  const { secrets } = secretsOf({ AWSCURRENT: version('a') });
  expect(await mayAsk('shop.1', made('a'), 'test', secrets)).toBe(true);
  expect(await mayAsk('shop.2', made('a'), 'test', secrets)).toBe(false);
});

test('a key made before the last rotation may still ask', async () => {
  const { secrets } = secretsOf({ AWSCURRENT: version('b'), AWSPREVIOUS: version('a') });
  expect(await mayAsk('shop.1', made('a'), 'test', secrets)).toBe(true);
  expect(await mayAsk('shop.1', made('c'), 'test', secrets)).toBe(false);
});

test('a key made right after a rotation may ask, although the older secret is still kept', async () => {
  const { secrets, laidOut, clock } = secretsOf({ AWSCURRENT: version('a') });
  expect(await mayAsk('shop.1', made('a'), 'test', secrets)).toBe(true);
  laidOut.AWSCURRENT = version('b');
  clock.now += 31_000;
  expect(await mayAsk('shop.1', made('b'), 'test', secrets)).toBe(true);
});

test('an earlier version that was never filled proves nothing', async () => {
  const { secrets } = secretsOf({ AWSCURRENT: version('a'), AWSPREVIOUS: secretOf('0', {}) });
  expect(await mayAsk('shop.1', made('b'), 'test', secrets)).toBe(false);
});

test('wrong keys, however many, cost at most one reading of each version in 30 seconds', async () => {
  const { secrets, reads, clock } = secretsOf({ AWSCURRENT: version('a') });
  for (let asked = 0; asked < 50; asked += 1) await mayAsk('shop.1', 'wrong', 'test', secrets);
  expect(reads).toHaveLength(2);
  clock.now += 31_000;
  for (let asked = 0; asked < 50; asked += 1) await mayAsk('shop.1', 'wrong', 'test', secrets);
  expect(reads).toHaveLength(3);
});

test('a secret without a key is an error, not a wrong key', async () => {
  const { secrets } = secretsOf({ AWSCURRENT: secretOf('1', {}) });
  await expect(mayAsk('shop.1', made('a'), 'test', secrets)).rejects.toThrow(/no key of at least 16 characters/);
});
