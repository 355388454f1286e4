import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { oneAtATime } from '../../lambdas/platforms/one-at-a-time.ts';

test('what has the same key runs one after the other, in the order in which it came, and nothing else waits', async () => {
  const run = oneAtATime();
  const done: string[] = [];
  const step = (key: string, name: string) =>
    run(key, async () => {
      done.push(`${name} begins`);
      await setImmediate();
      done.push(`${name} ends`);
    });
  await Promise.all([step('a', 'a1'), step('a', 'a2'), step('b', 'b1')]);
  expect(done.filter((each) => each.startsWith('a'))).toEqual(['a1 begins', 'a1 ends', 'a2 begins', 'a2 ends']);
  expect(done.slice(0, 2)).toEqual(['a1 begins', 'b1 begins']);
});

test('a failure is its own: what comes after it runs', async () => {
  const run = oneAtATime();
  const failed = run('a', () => Promise.reject(new Error('no')));
  const next = run('a', async () => 'yes');
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('yes');
});
