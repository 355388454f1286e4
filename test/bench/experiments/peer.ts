import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from '../child.ts';
import { type PeerOptions, type PeerSnapshot, peerMemoryMb, peerSnapshotSchema } from '../peer-protocol.ts';
import { post } from '../post.ts';
import { peopleOf } from '../signups.ts';
import { doneSchema, type StackDescription, snapshotSchema } from '../stack-protocol.ts';
import { median, quantile } from '../statistics.ts';
import type { FunctionUse } from '../usage.ts';
import type { Workshop } from '../workshop.ts';

const destination = 'courses';
const vendorMs = 250;
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
  readonly vendorMs: number;
  /** How many signups were delivered twice, and how many fell into the outage. */
  readonly people: number;
  readonly ours: WaySeen;
  readonly peer: WaySeen;
  /** What the obvious way is billed for a signup. */
  readonly use: FunctionUse;
}

interface Way {
  readonly name: string;
  readonly post: (email: string) => Promise<number>;
}

/**
 * The same webhooks and the same vendor, once our way and once the obvious one, in turn: accounts at DigitalChalk over SOAP, in an organisation that
 * lets two of them have one address.
 */
export async function compareWithPeer(workshop: Workshop): Promise<Comparison> {
  const stack = await workshop.startStack(
    { [destination]: { platform: 'digitalchalk-soap', credentials: ['mailer'], duplicates: 'allowed' } },
    { latencyMs: { [destination]: vendorMs }, polled: true },
  );
  const options = peerOptions(workshop, stack.description);
  const child = await startChild('peer.ts', { args: [JSON.stringify(options)], log: workshop.log });
  const used = (): Promise<PeerSnapshot> => child.ask({}, peerSnapshotSchema);
  const accounts = async (): Promise<number> =>
    (await stack.ask({ ask: 'snapshot' }, snapshotSchema)).accounts[destination] ?? 0;
  const breakVendor = () =>
    stack.ask({ ask: 'weather', destination, storm: { weather: 'connection-refused', ms: outageMs } }, doneSchema);
  const way = (name: string, url: string): Way => ({
    name,
    post: async (email) => (await post(url, stack.description.sourceKey, `${name}-${email}`)).ms,
  });
  const ours = way('ours', stack.description.url);
  const peer = way('peer', (await used()).url);

  await Promise.all([ours, peer].map((each) => deliver(each, peopleOf('warm', concurrency))));
  const before = await used();
  const times = await answerTimes(ours, peer);
  const after = await used();
  const seen = async (each: Way, took: readonly number[]): Promise<WaySeen> => ({
    answer_p50_ms: median(took),
    answer_p99_ms: quantile(0.99)(took),
    made_twice: await madeTwice(each, accounts),
    lost: await lostInOutage(each, accounts, breakVendor),
  });
  const result = { ours: await seen(ours, times.ours), peer: await seen(peer, times.peer) };
  await Promise.all([child.stop(), stack.stop()]);

  const count = after.invocations - before.invocations;
  const use = {
    memoryMb: peerMemoryMb,
    invocations: 1,
    billedMs: (after.billedMs - before.billedMs) / count,
    logBytes: (after.logBytes - before.logBytes) / count,
  };
  return { vendorMs, people, ...result, use };
}

/** One webhook at a time, ours and the other's in turn. */
async function answerTimes(ours: Way, peer: Way): Promise<{ ours: number[]; peer: number[] }> {
  const times = { ours: [] as number[], peer: [] as number[] };
  for (const email of peopleOf('answer', answers)) {
    times.ours.push(await ours.post(email));
    times.peer.push(await peer.post(email));
  }
  return times;
}

/** Accounts beyond one a person, where each webhook is delivered twice. */
async function madeTwice(way: Way, accounts: () => Promise<number>): Promise<number> {
  const before = await settled(accounts);
  for (let delivery = 0; delivery < 2; delivery++) await deliver(way, peopleOf('twice', people));
  return (await settled(accounts)) - before - people;
}

/** Signups that have no account long after the vendor is back, from a sender that does not repeat itself. */
async function lostInOutage(
  way: Way,
  accounts: () => Promise<number>,
  breakVendor: () => Promise<unknown>,
): Promise<number> {
  const wanted = (await settled(accounts)) + people;
  await breakVendor();
  await deliver(way, peopleOf('outage', people));
  const end = Date.now() + outageMs + patienceMs;
  while ((await accounts()) < wanted && Date.now() < end) await sleep(100);
  return wanted - (await accounts());
}

/** The number of accounts, once it stands still. */
async function settled(accounts: () => Promise<number>): Promise<number> {
  for (let seen = await accounts(); ; ) {
    await sleep(6 * vendorMs);
    const now = await accounts();
    if (now === seen) return now;
    seen = now;
  }
}

async function deliver(way: Way, emails: readonly string[]): Promise<void> {
  for (let at = 0; at < emails.length; at += concurrency)
    await Promise.all(emails.slice(at, at + concurrency).map((email) => way.post(email)));
}

const peerOptions = (
  { folder, peer }: Workshop,
  { region, endpoints, topicArn, vendors }: StackDescription,
): PeerOptions => ({
  directory: folder,
  bundle: peer,
  region,
  endpoints,
  concurrency,
  environment: {
    SOURCE_SECRET: 'matriculate/dev/sources/shop',
    VENDOR_SECRET: `matriculate/dev/destinations/${destination}`,
    WSDL_URL: `${vendors[destination]}/dc/api/v4.wsdl`,
    TOPIC_ARN: topicArn,
  },
});
