import { z } from 'zod';
import { type Child, startChild } from './child.ts';
import { functionStart } from './function-start.ts';
import { peopleOf, sqsEvent } from './signups.ts';
import type { BenchStack, Workshop } from './workshop.ts';

const batchSize = 10;
/** So many signups are handed over at a time, lest what the bench says be a part of what the worker holds. */
const portion = 50;

const ranSchema = z.object({
  cpuMs: z.number(),
  answers: z.array(z.object({ batchItemFailures: z.array(z.never()) })),
});
const weighedSchema = z.object({ memory: z.object({ rss: z.number(), held: z.number(), heapUsed: z.number() }) });

/** Bytes: resident, resident after a full collection, and alive in the heap. */
export type Memory = z.infer<typeof weighedSchema>['memory'];

/** A worker that is handed its batches here, without a queue. */
export interface DirectWorker {
  /** @param count a multiple of 10 @returns milliseconds of CPU */
  readonly work: (prefix: string, count: number) => Promise<number>;
  readonly weigh: () => Promise<Memory>;
  readonly stop: () => Promise<void>;
}

/** @param stack one that nobody polls */
export async function startDirectWorker(
  { log }: Workshop,
  { description }: BenchStack,
  destination: string,
): Promise<DirectWorker> {
  const { module, flags, environment } = functionStart(`provision-${destination}`, description);
  const child: Child = await startChild('run-handler.mjs', { args: [module], flags, environment, log });
  return {
    work: async (prefix, count) => {
      const people = peopleOf(prefix, count);
      let cpuMs = 0;
      for (let at = 0; at < count; at += portion) {
        const part = people.slice(at, at + portion);
        const events = Array.from({ length: part.length / batchSize }, (_, batch) =>
          sqsEvent(part.slice(batch * batchSize, (batch + 1) * batchSize)),
        );
        cpuMs += (await child.ask({ events }, ranSchema)).cpuMs;
      }
      return cpuMs;
    },
    weigh: async () => (await child.ask({ events: [], weighed: true }, weighedSchema)).memory,
    stop: child.stop,
  };
}
