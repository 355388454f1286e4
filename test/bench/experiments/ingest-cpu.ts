import { z } from 'zod';
import { startChild } from '../child.ts';
import { type Figure, figureInTurn } from '../figure.ts';
import { functionStart } from '../function-start.ts';
import { apiEvent, peopleOf, webhookFor } from '../signups.ts';
import { type Pair, quantile, ratioOf } from '../statistics.ts';
import type { BenchStack, Workshop } from '../workshop.ts';

const warmUp = 400;
const rounds = 40;
const perRound = 50;

const ranSchema = z.object({ cpuMs: z.number(), answers: z.array(z.object({ statusCode: z.literal(202) })) });

/** CPU of a webhook that is accepted, in a process that has seen some already. @param stack one that nobody polls */
export async function ingestCpu({ log, floor }: Workshop, { description }: BenchStack): Promise<Figure> {
  const { sourceKey, queueUrls } = description;
  const { module, flags, environment } = functionStart('receive-signup', description);
  const [firstQueue = ''] = Object.values(queueUrls);
  const bare = { ...environment, SOURCE_KEY: sourceKey, QUEUE_URL: firstQueue };
  const [theirs, ours] = await Promise.all([
    startChild('run-handler.mjs', { args: [floor('accept-webhook')], flags, environment: bare, log }),
    startChild('run-handler.mjs', { args: [module], flags, environment, log }),
  ]);

  let deliveries = 0;
  const cpuOf = async (child: typeof ours, count: number): Promise<number> => {
    const events = peopleOf(`cpu${deliveries++}`, count).map((email) => apiEvent(webhookFor(email, sourceKey)));
    return (await child.ask({ events }, ranSchema)).cpuMs / count;
  };
  for (const child of [theirs, ours]) await cpuOf(child, warmUp);
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round++)
    pairs.push({ floor: await cpuOf(theirs, perRound), ours: await cpuOf(ours, perRound) });
  await Promise.all([theirs.stop(), ours.stop()]);

  return figureInTurn(
    {
      key: 'ingest_cpu_ratio',
      title: 'CPU of an accepted webhook, warm',
      unit: 'ms',
      reach: 1.25,
      raw: { webhooks: rounds * perRound },
    },
    ratioOf(pairs, quantile(0.25)),
  );
}
