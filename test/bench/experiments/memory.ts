import { startDirectWorker } from '../direct-worker.ts';
import { type Figure, round } from '../figure.ts';
import type { BenchStack, Workshop } from '../workshop.ts';

export const few = 1_000;
export const many = 20_000;
const megabyte = 1024 * 1024;

/** What a worker has become after many signups. @param stack one that nobody polls; its ledger holds them all afterwards */
export async function memory(workshop: Workshop, stack: BenchStack, destination: string): Promise<Figure> {
  const worker = await startDirectWorker(workshop, stack, destination);
  await worker.work('early', few);
  const early = await worker.weigh();
  await worker.work('late', many - few);
  const late = await worker.weigh();
  await worker.stop();
  return {
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
  };
}
