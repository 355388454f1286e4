import { z } from 'zod';
import { type Child, startChild } from '../child.ts';
import { type Figure, round } from '../figure.ts';
import { functionStart } from '../function-start.ts';
import { peopleOf, sqsEvent } from '../signups.ts';
import { type Pair, quantile, ratioOf } from '../statistics.ts';
import type { BenchStack, Workshop } from '../workshop.ts';

const few = 1_000;
const many = 20_000;
const batchSize = 10;
const perRound = 50;
const rounds = 20;
const megabyte = 1024 * 1024;

const ranSchema = z.object({
  cpuMs: z.number(),
  answers: z.array(z.object({ batchItemFailures: z.array(z.never()) })),
});
const weighedSchema = z.object({ memory: z.object({ rss: z.number(), held: z.number(), heapUsed: z.number() }) });
type Memory = z.infer<typeof weighedSchema>['memory'];

/** What a worker has become after many signups, and what one costs when there have been many. @param full one that nobody polls */
export async function endurance(workshop: Workshop, full: BenchStack, destination: string): Promise<Figure[]> {
  const platform = { platform: 'electa', credentials: ['mailer'] };
  const nearlyEmpty = await workshop.startStack({ [destination]: platform }, { latencyMs: {}, polled: false });
  const startWorker = (stack: BenchStack): Promise<Child> => {
    const { module, flags, environment } = functionStart(`provision-${destination}`, stack.description);
    return startChild('run-handler.mjs', { args: [module], flags, environment, log: workshop.log });
  };

  const old = await startWorker(full);
  await work(old, 'old-early', few);
  const early = await weigh(old);
  await work(old, 'old-late', many - few);
  const late = await weigh(old);
  await old.stop();

  const [inFull, inEmpty] = await Promise.all([startWorker(full), startWorker(nearlyEmpty)]);
  await work(inFull, 'full-warm', few);
  await work(inEmpty, 'empty-warm', few);
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round++) {
    const floor = await work(inEmpty, `empty${round}`, perRound);
    pairs.push({ floor, ours: await work(inFull, `full${round}`, perRound) });
  }
  await Promise.all([inFull.stop(), inEmpty.stop(), nearlyEmpty.stop()]);

  const { low, high, ...growth } = ratioOf(
    pairs.map(({ floor, ours }) => ({ floor: floor / perRound, ours: ours / perRound })),
    quantile(0.25),
  );
  return [
    {
      key: 'rss_ratio',
      title: `worker's memory after ${many} signups, to after ${few}`,
      unit: 'MB',
      floor: early.rss / megabyte,
      ours: late.rss / megabyte,
      ratio: late.rss / early.rss,
      value: round(late.rss / early.rss),
      reach: 1.05,
      raw: {
        held_floor_mb: round(early.held / megabyte),
        held_mb: round(late.held / megabyte),
        heap_floor_mb: round(early.heapUsed / megabyte),
        heap_mb: round(late.heapUsed / megabyte),
      },
    },
    {
      key: 'growth',
      title: `CPU a signup with ${many} in the ledger, to with ${few}`,
      unit: 'ms',
      ...growth,
      spread: { low, high },
      value: round(growth.ratio),
      reach: 1.05,
      raw: { signups: rounds * perRound },
    },
  ];
}

/** Without what the bench has given it to do: nothing. */
const weigh = async (worker: Child): Promise<Memory> =>
  (await worker.ask({ events: [], weighed: true }, weighedSchema)).memory;

/** @returns milliseconds of CPU */
async function work(worker: Child, prefix: string, count: number): Promise<number> {
  const people = peopleOf(prefix, count);
  let cpuMs = 0;
  for (let at = 0; at < count; at += perRound) {
    const part = people.slice(at, at + perRound);
    const events = Array.from({ length: part.length / batchSize }, (_, batch) =>
      sqsEvent(part.slice(batch * batchSize, (batch + 1) * batchSize)),
    );
    cpuMs += (await worker.ask({ events }, ranSchema)).cpuMs;
  }
  return cpuMs;
}
