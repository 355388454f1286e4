import { expect, it } from 'vitest';
import { createSealer } from '../../lambdas/signups/sealing.ts';
import { withHeldCrypto } from './real-work.ts';
import { createTime } from './time.ts';

it('what is due first happens first, and what is due at once in the order in which it was asked for', async () => {
  const time = createTime(0);
  const seen: string[] = [];
  for (const [name, at] of [
    ['c', 2],
    ['a', 1],
    ['b', 1],
    ['d', 3],
  ] as const)
    time.after(at, () => seen.push(`${name}${time.now()}`));
  expect(await time.run(10)).toBe(true);
  expect(seen).toEqual(['a1', 'b1', 'c2', 'd3']);
});

it('what was cancelled does not happen, and nothing does after the limit', async () => {
  const time = createTime(0);
  const seen: number[] = [];
  time.after(1, () => seen.push(1))();
  time.after(20, () => seen.push(20));
  expect(await time.run(10)).toBe(false);
  expect(seen).toEqual([]);
});

it('time does not go on while something real is being computed', async () => {
  const sealer = createSealer('a key of the test', 'test');
  await withHeldCrypto(async () => {
    const time = createTime(0);
    const seen: string[] = [];
    time.after(
      1,
      () =>
        void sealer
          .seal('text')
          .then((jwe) => sealer.open(jwe))
          .then((text) => seen.push(`${text} at ${time.now()}`)),
    );
    time.after(2, () => seen.push('later'));
    await time.run(10);
    expect(seen).toEqual(['text at 1', 'later']);
  });
});
