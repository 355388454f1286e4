import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPacer } from '../../lambdas/provision-user/pacer.ts';

/** A clock that only sleeping moves. */
function virtual() {
  let time = 1_000;
  const sleep = async (milliseconds: number): Promise<void> => {
    time += milliseconds;
  };
  return { now: () => time, sleep };
}

it('a vendor without a rate limit gives every turn at once', async () => {
  expect(await createPacer(undefined, 2, virtual()).turn(0)).toBe(0);
});

it('a worker takes its share of the rate and no more, whoever asks when', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 2, max: 30 }),
      async (rate, workers, calls) => {
        const clock = virtual();
        const pacer = createPacer(rate, workers, clock);
        const turns: number[] = [];
        for (let call = 0; call < calls; call++) {
          expect(await pacer.turn(Number.POSITIVE_INFINITY)).toBe(0);
          turns.push(clock.now());
        }
        const share = (1000 * workers) / rate;
        for (const [index, at] of turns.entries()) expect(at - 1_000).toBeGreaterThanOrEqual(Math.floor(index * share));
        expect((turns.at(-1) ?? 0) - 1_000).toBeLessThanOrEqual((calls - 1) * (share + 1));
      },
    ),
  );
});

it('a turn that would come too late is not taken: it says when, and the next asker gets it', async () => {
  const clock = virtual();
  const pacer = createPacer(1, 2, clock);
  await pacer.turn(0);
  expect(await pacer.turn(1_999)).toBe(2_000);
  expect(await pacer.turn(2_000)).toBe(0);
});
