import { setTimeout as sleep } from 'node:timers/promises';
import { post } from '../post.ts';
import { peopleOf } from '../signups.ts';
import { doneSchema, snapshotSchema } from '../stack-protocol.ts';
import { median, quantile } from '../statistics.ts';
import { openTwoWays, type TwoWays, vendorMs, type Way } from '../two-ways.ts';
import type { FunctionUse } from '../usage.ts';
import type { Workshop } from '../workshop.ts';

const answers = 30;
const people = 30;
const outageMs = 4_000;
/** Until then whoever is ever to get an account has one. */
const patienceMs = 20_000;
/** Webhooks that a sender has under way at a time. */
const concurrency = 10;

/** What the people at both ends see of one of the two ways. */
export interface WaySeen {
  readonly answer_p50_ms: number;
  readonly answer_p99_ms: number;
  readonly made_twice: number;
  readonly lost: number;
}

export interface Comparison {
  readonly vendor_ms: number;
  /** How many signups were delivered twice, and how many fell into the outage. */
  readonly people: number;
  readonly ours: WaySeen;
  readonly peer: WaySeen;
}

/** The comparison in two parts: the first wants the machine to itself, the second counts only. */
export interface PeerBench {
  readonly answerTimes: () => Promise<{ ours: number[]; peer: number[]; use: FunctionUse }>;
  readonly mishaps: () => Promise<Record<keyof TwoWays['ways'], Pick<WaySeen, 'made_twice' | 'lost'>>>;
  readonly close: () => Promise<void>;
}

/** The same webhooks and the same vendor, once our way and once the obvious one. */
export async function openPeerBench(workshop: Workshop): Promise<PeerBench> {
  const bench = await openTwoWays(workshop, concurrency);
  const { ours, peer } = bench.ways;
  await Promise.all([ours, peer].map((way) => deliver(bench, way, 'warm', concurrency)));
  return {
    answerTimes: async () => {
      const before = await bench.peerUsage();
      const times = { ours: [] as number[], peer: [] as number[] };
      for (const email of peopleOf('answer', answers)) {
        times.ours.push(await postTo(bench, ours, email));
        times.peer.push(await postTo(bench, peer, email));
      }
      return { ...times, use: bench.useBetween(before, await bench.peerUsage()) };
    },
    mishaps: async () => ({ ours: await mishapsOf(bench, ours), peer: await mishapsOf(bench, peer) }),
    close: bench.close,
  };
}

/** Both parts of the comparison put together. */
export function comparisonOf(
  times: Awaited<ReturnType<PeerBench['answerTimes']>>,
  mishaps: Awaited<ReturnType<PeerBench['mishaps']>>,
): Comparison {
  const seen = (took: readonly number[]) => ({ answer_p50_ms: median(took), answer_p99_ms: quantile(0.99)(took) });
  return {
    vendor_ms: vendorMs,
    people,
    ours: { ...seen(times.ours), ...mishaps.ours },
    peer: { ...seen(times.peer), ...mishaps.peer },
  };
}

async function mishapsOf(bench: TwoWays, way: Way): Promise<Pick<WaySeen, 'made_twice' | 'lost'>> {
  return { made_twice: await madeTwice(bench, way), lost: await lostInOutage(bench, way) };
}

/** Accounts beyond one a person, where each webhook is delivered twice. */
async function madeTwice(bench: TwoWays, way: Way): Promise<number> {
  const before = await settled(bench);
  for (let delivery = 0; delivery < 2; delivery++) await deliver(bench, way, 'twice', people);
  return (await settled(bench)) - before - people;
}

/** Signups that have no account long after the vendor is back, from a sender that does not repeat itself. */
async function lostInOutage(bench: TwoWays, way: Way): Promise<number> {
  const wanted = (await settled(bench)) + people;
  const storm = { weather: 'connection-refused', ms: outageMs } as const;
  await bench.stack.ask({ ask: 'weather', destination: bench.destination, storm }, doneSchema);
  await deliver(bench, way, 'outage', people);
  const end = Date.now() + outageMs + patienceMs;
  while ((await accountsOf(bench)) < wanted && Date.now() < end) await sleep(100);
  return wanted - (await accountsOf(bench));
}

/** The number of accounts, once it stands still. */
async function settled(bench: TwoWays): Promise<number> {
  for (let seen = await accountsOf(bench); ; ) {
    await sleep(6 * vendorMs);
    const now = await accountsOf(bench);
    if (now === seen) return now;
    seen = now;
  }
}

const accountsOf = async ({ stack, destination }: TwoWays): Promise<number> =>
  (await stack.ask({ ask: 'snapshot' }, snapshotSchema)).accounts[destination] ?? 0;

const postTo = async ({ stack }: TwoWays, { url, name }: Way, email: string): Promise<number> =>
  (await post(url, stack.description.sourceKey, `${name}-${email}`)).ms;

async function deliver(bench: TwoWays, way: Way, prefix: string, count: number): Promise<void> {
  const emails = peopleOf(prefix, count);
  for (let at = 0; at < count; at += concurrency)
    await Promise.all(emails.slice(at, at + concurrency).map((email) => postTo(bench, way, email)));
}
