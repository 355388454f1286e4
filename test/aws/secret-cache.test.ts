import { expect, test } from 'vitest';
import { createSecretCache, SecretUnusable } from '../../lambdas/aws/secret-cache.ts';
import type { Secret } from '../../lambdas/signups/ports.ts';

const minute = 60_000;

/** A cache of five minutes over a Secrets Manager that answers by hand. */
function setUp(random = 0.5) {
  const reads: string[] = [];
  const world: { clock: number; answer: (stage: string) => Secret | undefined | Error } = {
    clock: 1_000_000,
    answer: (stage) => (stage === 'AWSCURRENT' ? version('1') : undefined),
  };
  const cache = createSecretCache({
    read: async (id, stage) => {
      reads.push(`${id} ${stage}`);
      const answer = world.answer(stage);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    now: () => world.clock,
    random: () => random,
    lifeMs: 5 * minute,
  });
  return { cache, reads, world };
}

const version = (name: string): Secret => ({ version: name, value: { keys: [name] }, createdAt: 0 });
const outage = () => new Error('a network that does not work');

test('a version is read once in its lifetime, however many ask at the same time', async () => {
  const { cache, reads, world } = setUp();
  const all = await Promise.all([cache.current('a'), cache.current('a'), cache.current('a')]);
  expect(all).toEqual([version('1'), version('1'), version('1')]);
  world.clock += 5 * minute - 1;
  await cache.current('a');
  expect(reads).toEqual(['a AWSCURRENT']);
  world.clock += 1;
  await cache.current('a');
  expect(reads).toHaveLength(2);
});

test.each([
  [0, 4.5],
  [0.999999, 5.5],
])('with the random number %d it lives for %d minutes', async (random, minutes) => {
  const { cache, reads, world } = setUp(random);
  await cache.current('a');
  world.clock += minutes * minute - 100;
  await cache.current('a');
  expect(reads).toHaveLength(1);
  world.clock += 100;
  await cache.current('a');
  expect(reads).toHaveLength(2);
});

test('secrets and versions are kept apart', async () => {
  const { cache, reads, world } = setUp();
  world.answer = (stage) => version(stage);
  expect((await cache.current('a')).version).toBe('AWSCURRENT');
  expect((await cache.previous('a'))?.version).toBe('AWSPREVIOUS');
  await cache.current('b');
  expect(reads).toEqual(['a AWSCURRENT', 'a AWSPREVIOUS', 'b AWSCURRENT']);
});

test('an absent previous version is kept like a value', async () => {
  const { cache, reads } = setUp();
  expect([await cache.previous('a'), await cache.previous('a')]).toEqual([undefined, undefined]);
  expect(reads).toHaveLength(1);
});

test('a new current version makes the previous one be read again', async () => {
  const { cache, reads, world } = setUp();
  await cache.current('a');
  await cache.previous('a');
  world.clock += minute;
  world.answer = (stage) => version(stage === 'AWSCURRENT' ? '2' : '1');
  expect((await cache.refreshed('a')).version).toBe('2');
  expect((await cache.previous('a'))?.version).toBe('1');
  expect(reads).toHaveLength(4);
});

test('where a refresh fails the stale value stands, and the outage is asked after once in 30 seconds', async () => {
  const { cache, reads, world } = setUp();
  await cache.current('a');
  world.answer = outage;
  world.clock += 6 * minute;
  expect(await cache.current('a')).toEqual(version('1'));
  world.clock += 29_999;
  expect(await cache.current('a')).toEqual(version('1'));
  expect(reads).toHaveLength(2);
  world.clock += 1;
  expect(await cache.current('a')).toEqual(version('1'));
  expect(reads).toHaveLength(3);
  world.answer = () => version('2');
  world.clock += 30_000;
  expect(await cache.current('a')).toEqual(version('2'));
});

test('a first read that fails is told to all who wait, and tried again by the next', async () => {
  const { cache, world } = setUp();
  world.answer = outage;
  const both = await Promise.allSettled([cache.current('a'), cache.current('a')]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  world.answer = () => version('1');
  expect(await cache.current('a')).toEqual(version('1'));
});

test('a secret that is gone is gone: what was known before does not stand, and it is asked after once in 30 seconds', async () => {
  const { cache, reads, world } = setUp();
  await cache.current('a');
  world.answer = () => new SecretUnusable('no such secret');
  world.clock += 6 * minute;
  await expect(cache.current('a')).rejects.toThrow(SecretUnusable);
  await expect(cache.current('a')).rejects.toThrow(SecretUnusable);
  expect(reads).toHaveLength(2);
  world.clock += 30_000;
  world.answer = () => version('2');
  expect(await cache.current('a')).toEqual(version('2'));
});

test('a secret without a current version is an error that names it', async () => {
  const { cache, world } = setUp();
  world.answer = () => undefined;
  await expect(cache.current('a')).rejects.toThrow('the secret a has no current version');
});

test('a forced refresh reads at most once in 30 seconds, counted from whatever read came last', async () => {
  const { cache, reads, world } = setUp();
  await cache.current('a');
  world.clock += 29_999;
  await cache.refreshed('a');
  expect(reads).toHaveLength(1);
  world.clock += 1;
  await Promise.all([cache.refreshed('a'), cache.refreshed('a')]);
  await cache.refreshed('a');
  expect(reads).toHaveLength(2);
  world.clock += 30_000;
  await cache.refreshed('b');
  await cache.refreshed('a');
  expect(reads).toHaveLength(4);
});

test('a forced refresh that fails gives what is known, and counts', async () => {
  const { cache, reads, world } = setUp();
  await cache.current('a');
  world.clock += minute;
  world.answer = outage;
  expect(await cache.refreshed('a')).toEqual(version('1'));
  expect(await cache.refreshed('a')).toEqual(version('1'));
  expect(reads).toHaveLength(2);
});
