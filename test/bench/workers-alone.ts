import { z } from 'zod';
import { startChild } from './child.ts';
import { startDirectWorker } from './direct-worker.ts';
import type { Workshop } from './workshop.ts';

/** Workers with nothing around them but their vendor: batches are handed over at once, and ledger and topic answer at once. */
export interface WorkersAlone {
  /** @param count a multiple of 10 for each worker @returns milliseconds */
  readonly drain: (prefix: string, count: number) => Promise<number>;
  readonly stop: () => Promise<void>;
}

const addressSchema = z.object({ url: z.string() });

/** What of a backlog's time is the workers', and not their queue's, table's and topic's on this machine. */
export async function startWorkersAlone(
  workshop: Workshop,
  { destination, latencyMs, workers: count }: { destination: string; latencyMs: number; workers: number },
): Promise<WorkersAlone> {
  const { log, startStack } = workshop;
  const stack = await startStack(
    { [destination]: { platform: 'electa', credentials: ['mailer'] } },
    { latencyMs: { [destination]: latencyMs }, polled: false },
  );
  const services = await startChild('instant-services.ts', { log });
  const { url } = await services.ask({}, addressSchema);
  const { description } = stack;
  const endpoints = { ...description.endpoints, dynamodb: url, sns: url };
  const instant = { ...stack, description: { ...description, endpoints } };
  const workers = await Promise.all(
    Array.from({ length: count }, () => startDirectWorker(workshop, instant, destination)),
  );
  return {
    drain: async (prefix, signups) => {
      const start = performance.now();
      await Promise.all(workers.map((worker, index) => worker.work(`${prefix}-${index}`, signups / workers.length)));
      return performance.now() - start;
    },
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
      await Promise.all([services.stop(), stack.stop()]);
    },
  };
}
