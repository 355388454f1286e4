import { eventAttributes } from '../../../lambdas/signups/event-attributes.ts';
import type { Publish } from '../../../lambdas/signups/ports.ts';

/** Gentle enough for every subscriber, and a hundred thousand events within an hour. */
const atOnce = 10;

/** Publishes events, some at a time. @returns how many there were */
export async function publishAgain(
  events: AsyncIterable<string> | Iterable<string>,
  publish: Publish,
): Promise<number> {
  let count = 0;
  let batch: string[] = [];
  const flush = async () => {
    await Promise.all(batch.map((event) => publish(event, eventAttributes(event))));
    count += batch.length;
    batch = [];
  };
  for await (const event of events) if (batch.push(event) === atOnce) await flush();
  await flush();
  return count;
}
