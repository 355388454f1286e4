import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPacer } from '../../lambdas/provision-user/pacer.ts';

/** A clock that only sleeping moves, when whoever has had a turn has looked at it. */
function virtual() {
  let time = 1_000;
  const sleep = async (milliseconds: number): Promise<void> => {
    await setImmediate();
    time += milliseconds;
  };
  return { now: () => time, sleep };
}

const patient = Number.POSITIVE_INFINITY;
const never = new AbortController().signal;

it('a worker takes its share of the rate and no more, whoever asks when, and whether for a first request or a further one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 10 }),
      fc.array(fc.record({ isFirst: fc.boolean(), after: fc.boolean() }), { minLength: 2, maxLength: 30 }),
      async (rate, workers, asked) => {
        const clock = virtual();
        const pacer = createPacer(rate, workers, clock);
        const turns: number[] = [];
        const waiting: Promise<unknown>[] = [];
        for (const { isFirst, after } of asked) {
          if (after) await Promise.all(waiting);
          const turn: Promise<unknown> = isFirst ? pacer.first(patient, never) : pacer.further(never);
          waiting.push(turn.then(() => turns.push(clock.now())));
        }
        await Promise.all(waiting);
        const share = (1000 * workers) / rate;
        for (const [index, at] of turns.entries()) expect(at - 1_000).toBeGreaterThanOrEqual(Math.floor(index * share));
        expect((turns.at(-1) ?? 0) - 1_000).toBeLessThanOrEqual((asked.length - 1) * (share + 1));
      },
    ),
  );
});

it('a turn that would come too late is not taken: it says when, and the next asker gets it', async () => {
  const pacer = createPacer(1, 2, virtual());
  await pacer.first(0, never);
  expect(await pacer.first(1_999, never)).toBe(2_000);
  expect(await pacer.first(2_000, never)).toBe(0);
});

it('a further request goes before every first one, and those that wait count against the patience of the next', async () => {
  const clock = virtual();
  const pacer = createPacer(1, 2, clock);
  const turns: string[] = [];
  const note = (who: string) => () => turns.push(`${who} at ${clock.now() - 1_000}`);
  await Promise.all([
    pacer.first(patient, never).then(note('ann')),
    pacer.first(patient, never).then(note('bob')),
    pacer.further(never).then(note('ann again')),
    pacer.first(5_999, never).then((wait) => turns.push(`not cyd for ${wait}`)),
  ]);
  expect(turns).toEqual(['not cyd for 6000', 'ann at 0', 'ann again at 2000', 'bob at 4000']);
});

it('who runs out of time stops waiting, and takes no turn from the others', async () => {
  const clock = virtual();
  const pacer = createPacer(1, 2, clock);
  await pacer.first(0, never);
  const out = new AbortController();
  const late = [pacer.further(out.signal), pacer.first(patient, out.signal)];
  const bob = pacer.first(patient, never).then(clock.now);
  out.abort();
  await Promise.all([...late, pacer.further(out.signal)]);
  expect(await bob).toBe(3_000);
});
