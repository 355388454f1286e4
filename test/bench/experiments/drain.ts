import { setTimeout as sleep } from 'node:timers/promises';
import { type Figure, round } from '../figure.ts';
import { billedFloorMs } from '../floors/billed.ts';
import { awsCallsFloor, vendorCallsFloor } from '../floors/calls.ts';
import { drainFloorMs } from '../floors/drain.ts';
import { post } from '../post.ts';
import { peopleOf } from '../signups.ts';
import { drainedSchema, ledgerSchema, type Snapshot, snapshotSchema } from '../stack-protocol.ts';
import { lowest, median, quantile, sum } from '../statistics.ts';
import type { FunctionUse, SignupUsage } from '../usage.ts';
import { startWorkersAlone } from '../workers-alone.ts';
import type { Workshop } from '../workshop.ts';

const destination = 'classroom';
const latencyMs = 250;
const concurrency = 2;
const batchSize = 10;
const signups = 500;
const rounds = 3;
/** Each worker's code is then compiled as far as it will be. */
const warmUp = 1_000;
const posts = 100;

/** Drains a full queue again and again, counting every call on the way. */
export async function drain(workshop: Workshop): Promise<{ figures: Figure[]; usage: SignupUsage }> {
  const stack = await workshop.startStack(
    { [destination]: { platform: 'electa', credentials: ['mailer'] } },
    { latencyMs: { [destination]: latencyMs }, polled: true },
  );
  const drainOnce = async (prefix: string, count: number): Promise<number> =>
    (await stack.ask({ ask: 'drain', destination, count, prefix }, drainedSchema)).ms;
  /** The last batch's messages are deleted after the worker has answered. */
  const settled = async (): Promise<Snapshot> => {
    await sleep(500);
    return stack.ask({ ask: 'snapshot' }, snapshotSchema);
  };

  const workersAlone = await startWorkersAlone(workshop, { destination, latencyMs, workers: concurrency });
  await Promise.all([drainOnce('warm', warmUp), workersAlone.drain('alone-warm', warmUp)]);
  const before = await settled();
  const took: number[] = [];
  const tookAlone: number[] = [];
  for (let round = 0; round < rounds; round++) {
    took.push(await drainOnce(`drain${round}`, signups));
    tookAlone.push(await workersAlone.drain(`alone${round}`, signups));
  }
  const after = await settled();
  const { url, sourceKey } = stack.description;
  for (const email of peopleOf('once', 1)) await post(url, sourceKey, email);
  const beforePosts = await settled();
  for (const email of peopleOf('posted', posts)) await post(url, sourceKey, email);
  const afterPosts = await settled();
  const units = await stack.ask({ ask: 'ledger' }, ledgerSchema);
  await Promise.all([stack.stop(), workersAlone.stop()]);

  const drained = rounds * signups;
  const worker = useOf('provision-classroom', before, after, drained);
  const ingest = useOf('receive-signup', beforePosts, afterPosts, posts);
  const workerCalls = callsOf('provision-classroom', before, after, drained);
  const ingestCalls = callsOf('receive-signup', beforePosts, afterPosts, posts);
  const calls = sum(Object.values(workerCalls)) + sum(Object.values(ingestCalls));
  const vendor = difference(before.vendors[destination], after.vendors[destination]);
  const { token: logins = 0, ...work } = vendor;
  const billedFloor = billedFloorMs(latencyMs, batchSize);

  const figures: Figure[] = [
    drainFigure('drain_ratio', '', took),
    drainFigure('drain_workers_ratio', ', workers alone', tookAlone),
    {
      key: 'vendor_calls_per_signup',
      title: 'vendor calls a signup',
      unit: 'calls',
      floor: vendorCallsFloor,
      ours: sum(Object.values(work)) / drained,
      ratio: sum(Object.values(work)) / drained / vendorCallsFloor,
      value: round(sum(Object.values(work)) / drained),
      reach: 1,
      raw: { logins_meanwhile: logins, logins_since_start: after.vendors[destination]?.token ?? 0, signups: drained },
    },
    {
      key: 'aws_calls_per_signup',
      title: 'AWS calls a signup, both functions and the poller',
      unit: 'calls',
      floor: awsCallsFloor(batchSize),
      ours: calls,
      ratio: calls / awsCallsFloor(batchSize),
      value: round(calls),
      reach: 1,
      raw: { ...workerCalls, ...ingestCalls },
    },
    {
      key: 'billed_ms_per_signup',
      title: `worker time billed a signup, vendor ${latencyMs} ms`,
      unit: 'ms',
      floor: billedFloor,
      ours: worker.billedMs,
      ratio: worker.billedMs / billedFloor,
      value: round(worker.billedMs),
      reach: 1.3,
      raw: { batches: worker.invocations * drained },
    },
  ];
  const sqsRequests = sum(
    Object.entries({ ...workerCalls, ...ingestCalls }).map(([name, n]) => (name.includes(' sqs ') ? n : 0)),
  );
  const snsPublishes = workerCalls['provision-classroom sns Publish'] ?? 0;
  const { 'receive-signup': ingestMb = 0, 'provision-classroom': workerMb = 0 } = stack.description.memoryMb;
  return {
    figures,
    usage: {
      ingest: { ...ingest, memoryMb: ingestMb },
      worker: { ...worker, memoryMb: workerMb },
      batchSize,
      vendorMs: latencyMs,
      sqsRequests,
      snsPublishes,
      units,
    },
  };
}

/** @param took each round's milliseconds */
function drainFigure(key: string, how: string, took: readonly number[]): Figure {
  const floor = drainFloorMs(signups, latencyMs, concurrency * batchSize);
  const ratios = took.map((ms) => ms / floor);
  return {
    key,
    title: `${signups} signups, vendor ${latencyMs} ms, ${concurrency} × ${batchSize} in parallel${how}`,
    unit: 'ms',
    floor,
    ours: median(took),
    ratio: median(ratios),
    spread: { low: lowest(ratios), high: quantile(1)(ratios) },
    value: round(median(ratios)),
    reach: 1.1,
    raw: { rounds_ms: took.map(Math.round) },
  };
}

function difference(
  before: Readonly<Record<string, number>> = {},
  after: Readonly<Record<string, number>> = {},
): Record<string, number> {
  return Object.fromEntries(Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]));
}

function useOf(name: string, before: Snapshot, after: Snapshot, count: number): Omit<FunctionUse, 'memoryMb'> {
  const { invocations = 0, billedMs = 0, logBytes = 0 } = difference(before.functions[name], after.functions[name]);
  return { invocations: invocations / count, billedMs: billedMs / count, logBytes: logBytes / count };
}

/** Calls that a function, or the poller in its name, made for each signup. */
function callsOf(name: string, before: Snapshot, after: Snapshot, count: number): Record<string, number> {
  const made = Object.entries(difference(before.awsCalls, after.awsCalls));
  return Object.fromEntries(
    made.flatMap(([key, calls]) => (key.startsWith(`${name} `) && calls > 0 ? [[key, round(calls / count, 3)]] : [])),
  );
}
