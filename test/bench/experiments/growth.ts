import { startDirectWorker } from '../direct-worker.ts';
import { type Figure, figureInTurn } from '../figure.ts';
import { type Pair, quantile, ratioOf } from '../statistics.ts';
import type { BenchStack, Workshop } from '../workshop.ts';
import { few, many } from './memory.ts';

const perRound = 50;
const rounds = 20;

/**
 * What a signup costs when there have been many. Two workers of the same age, one at a ledger that holds many, the other at one that holds few.
 *
 * @param full a stack that nobody polls, with many signups in its ledger
 */
export async function growth(workshop: Workshop, full: BenchStack, destination: string): Promise<Figure> {
  const nearlyEmpty = await workshop.startStack(
    { [destination]: { platform: 'electa', credentials: ['mailer'] } },
    { latencyMs: {}, polled: false },
  );
  const [inEmpty, inFull] = await Promise.all(
    [nearlyEmpty, full].map((stack) => startDirectWorker(workshop, stack, destination)),
  );
  if (inEmpty === undefined || inFull === undefined) throw new Error('two workers were asked for');
  await inEmpty.work('empty-warm', few);
  await inFull.work('full-warm', few);
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round++) {
    const floor = (await inEmpty.work(`empty${round}`, perRound)) / perRound;
    pairs.push({ floor, ours: (await inFull.work(`full${round}`, perRound)) / perRound });
  }
  await Promise.all([inEmpty.stop(), inFull.stop(), nearlyEmpty.stop()]);

  return figureInTurn(
    {
      key: 'growth',
      title: `CPU a signup with ${many} in the ledger, to with ${few}`,
      unit: 'ms',
      reach: 1.05,
      raw: { signups: rounds * perRound },
    },
    ratioOf(pairs, quantile(0.25)),
  );
}
