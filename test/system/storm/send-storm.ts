import { setTimeout as sleep } from 'node:timers/promises';
import type { Academy } from '../academy.ts';
import { killBusyWorker } from './kill.ts';
import type { Destination, PlannedSignup, StormPlan } from './plan.ts';
import type { Witness } from './storm-academy.ts';

/** What was done, as far as it came to pass. */
export interface Damage {
  /** The signups that were answered 202, by their ids. */
  readonly accepted: ReadonlyMap<string, PlannedSignup>;
  /** Invocations that died by a kill. */
  readonly killed: number;
  /** Deliveries and messages that came a second time. */
  readonly duplicates: number;
}

const createOperation = { classroom: 'User/Create', courses: 'createUser' } as const;
/** Soon enough to meet the first one at work. */
const duplicateAfterMs = 300;
const patienceMs = 120_000;

/**
 * Sends the planned signups, and lets happen to them what is planned.
 *
 * @param rate signups a second
 * @throws Error where a signup is not accepted
 */
export async function sendStorm(
  academy: Academy & Witness,
  plan: StormPlan,
  rate: number,
  say: (line: string) => void,
): Promise<Damage> {
  const accepted = new Map<string, PlannedSignup>();
  let killed = 0;
  let duplicates = 0;
  // One after the other at each destination, so that each can tell whether it hit.
  const kills = { classroom: Promise.resolve(), courses: Promise.resolve() };

  async function kill(destination: Destination): Promise<void> {
    const worker = academy.stack.functions[`provision-${destination}`];
    if (worker !== undefined && (await killBusyWorker(worker))) killed += 1;
  }

  async function send(signup: PlannedSignup, index: number): Promise<void> {
    const { email, destination, duplicate } = signup;
    const data = { email, first_name: 'Storm', last_name: `Learner ${index}`, reference: `${index}` };
    const delivery = { source: `for-${destination}`, webhookId: `msg_storm_${index}` };
    if (signup.losesReply)
      academy.stack.simulators[destination]?.arm({ weather: 'reply-lost', operation: createOperation[destination] });
    const signupId = await postUntilAccepted(academy, data, delivery);
    accepted.set(signupId, signup);
    if (duplicate === 'none') return;
    await sleep(duplicateAfterMs);
    duplicates += 1;
    if (duplicate === 'delivery') await academy.post(data, delivery);
    else await handToAnother(academy, destination, signupId);
  }

  const sent: Promise<void>[] = [];
  for (const [index, signup] of plan.signups.entries()) {
    for (const { destination } of plan.kills.filter(({ before }) => before === index))
      kills[destination] = kills[destination].then(() => kill(destination));
    sent.push(send(signup, index));
    if (index % 100 === 99) say(`${index + 1} sent, ${academy.events.length} events, ${killed} workers killed`);
    await sleep(1000 / rate);
  }
  await Promise.all([...sent, ...Object.values(kills)]);
  return { accepted, killed, duplicates };
}

/** As a shop does: what was answered 503 is sent again. @throws Error for any other refusal */
async function postUntilAccepted(academy: Academy, ...webhook: Parameters<Academy['post']>): Promise<string> {
  for (;;) {
    const { status, signupId } = await academy.post(...webhook);
    if (status === 202) return signupId;
    if (status !== 503) throw new Error(`a signup was answered ${status}`);
    await sleep(1_000);
  }
}

/** SQS delivers at least once: the same message, as it was received, to a second worker. */
async function handToAnother(
  { stack, records }: Academy & Witness,
  destination: Destination,
  signupId: string,
): Promise<void> {
  const until = Date.now() + patienceMs;
  while (!records.has(signupId) && Date.now() < until) await sleep(20);
  await stack.functions[`provision-${destination}`]?.invoke({ Records: [records.get(signupId)] });
}
