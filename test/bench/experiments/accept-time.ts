import { type Figure, figureInTurn } from '../figure.ts';
import { post } from '../post.ts';
import { peopleOf } from '../signups.ts';
import { doneSchema } from '../stack-protocol.ts';
import { median, type Pair, quantile, ratioOf } from '../statistics.ts';
import type { BenchStack, Workshop } from '../workshop.ts';

const vendorMs = 10_000;
const waiting = 500;
const posts = 800;
const warmUp = 50;

/** How long a sender waits for its 202 while the vendor is slow and many signups wait, beside a stack in which nobody works at all. */
export async function acceptTime(workshop: Workshop, idle: BenchStack): Promise<Figure> {
  const busy = await workshop.startStack(
    { classroom: { platform: 'electa', credentials: ['mailer'] } },
    { latencyMs: { classroom: vendorMs }, polled: true },
  );
  await busy.ask({ ask: 'fill', destination: 'classroom', count: waiting, prefix: 'waiting' }, doneSchema);
  const answerOf = async ({ description: { url, sourceKey } }: BenchStack, email: string): Promise<number> => {
    const { status, ms } = await post(url, sourceKey, email);
    if (status !== 202) throw new Error(`a signup was answered with ${status}`);
    return ms;
  };
  for (const email of peopleOf('accept-warm', warmUp)) {
    await answerOf(idle, email);
    await answerOf(busy, email);
  }
  const pairs: Pair[] = [];
  for (const email of peopleOf('accept', posts))
    pairs.push({ floor: await answerOf(idle, email), ours: await answerOf(busy, email) });
  await busy.stop();

  const middle = ratioOf(pairs, median);
  return figureInTurn(
    {
      key: 'accept_p99_ratio',
      title: `p99 of the 202, vendor ${vendorMs / 1000} s, ${waiting} waiting`,
      unit: 'ms',
      reach: 1.2,
      raw: { answers: posts, p50_floor_ms: middle.floor, p50_ms: middle.ours },
    },
    ratioOf(pairs, quantile(0.99)),
  );
}
