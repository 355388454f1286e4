import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { RunningSimulator, SimulatedAccount } from '../../../lambdas/platforms/platform-simulator.ts';
import * as names from '../../constructs/names.ts';
import type { LocalStack } from '../../local/local-stack.ts';
import { signWebhook } from '../sign-webhook.ts';
import type { DemoDelivery } from './demo-plan.ts';
import type { Result } from './results.ts';
import type { Trails } from './trail.ts';

/** One thing that happened to a signup; the time is milliseconds since the epoch. */
export interface Step {
  readonly at: number;
  readonly what: string;
  readonly detail: string;
}

/** The way of one sample signup to one destination, in the order of time. */
export interface DemoWay {
  readonly source: string;
  readonly destination: string;
  readonly steps: readonly Step[];
}

export interface DemoResult {
  readonly ways: readonly DemoWay[];
  /** Where whoever sent it can ask what became of it. */
  readonly statusUrl: string;
}

/** Cold starts included, it takes half a second; a machine under load gets the benefit of the doubt. */
const patienceMs = 30_000;
const lookMs = 5;

const answerSchema = z.object({ signupId: z.string(), statusUrl: z.string() });

/**
 * Posts a source's sample, signed as that source signs, and follows it to each of its destinations.
 *
 * @throws Error where the webhook is not accepted
 */
export async function runDemo(stack: LocalStack, trails: Trails, delivery: DemoDelivery): Promise<DemoResult> {
  const { source, destinations } = delivery;
  const verify = stack.config.sources[source]?.verify;
  const key = stack.sourceKeys[source];
  if (!verify || key === undefined) throw new Error(`${source} is no source of the config`);
  const body = Buffer.from(JSON.stringify(stack.config.sources[source]?.sample));
  const watches = new Map(destinations.map((id) => [id, watchAccounts(stack.simulators[id])]));
  const sentAt = Date.now();
  const response = await fetch(`${stack.url}/webhooks/${source}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...signWebhook({ verify, key, body, now: sentAt }).headers },
  });
  const text = await response.text();
  if (response.status !== 202) throw new Error(`the sample of ${source} was answered ${response.status}: ${text}`);
  const { signupId, statusUrl } = z.parse(answerSchema, JSON.parse(text));
  const sent = { at: sentAt, what: 'sent', detail: `POST /webhooks/${source}, signed (${verify.scheme})` };
  const ways = await Promise.all(
    destinations.map(async (destination): Promise<DemoWay> => {
      await waitFor(() => trails.result(signupId, destination) !== undefined);
      const steps = [
        sent,
        ...queueSteps(trails, signupId, names.queueName(stack.config.stage, destination)),
        ...accountSteps(watches.get(destination)?.()),
        eventStep(trails.result(signupId, destination)),
      ];
      return { source, destination, steps: steps.toSorted((a, b) => a.at - b.at) };
    }),
  );
  return { ways, statusUrl: new URL(statusUrl, stack.url).href };
}

interface SeenAccount {
  readonly at: number;
  readonly account: SimulatedAccount;
}

/** Notices the next account that a simulator makes. @returns stops looking and says what was seen */
function watchAccounts(simulator: RunningSimulator | undefined): () => SeenAccount | undefined {
  const before = simulator?.accounts().length ?? 0;
  let seen: SeenAccount | undefined;
  const look = () => {
    const account = simulator?.accounts()[before];
    if (account && !seen) seen = { at: Date.now(), account };
  };
  const timer = setInterval(look, lookMs);
  return () => {
    clearInterval(timer);
    look();
    return seen;
  };
}

function queueSteps(trails: Trails, signupId: string, queue: string): Step[] {
  const queued = trails.queued(signupId, queue);
  if (!queued) return [];
  return [
    { at: queued.acceptedAt, what: 'accepted', detail: `202, signup ${signupId}` },
    { at: queued.queuedAt, what: 'queued', detail: queue },
  ];
}

function accountSteps(seen: SeenAccount | undefined): Step[] {
  if (!seen) return [];
  const { firstName, lastName, email, username, userId } = seen.account;
  const detail = `${firstName} ${lastName} <${email}>, user id ${userId}, username ${username}`;
  return [{ at: seen.at, what: 'account made', detail }];
}

function eventStep(result: Result | undefined): Step {
  if (!result) return { at: Date.now(), what: 'event', detail: `none within ${patienceMs / 1000} s: see the logs` };
  const { type, data } = result.event;
  const credentials = data.credentials ? `, credentials ${data.credentials.state}` : '';
  const reason = data.reason ? `: ${data.reason.message}` : '';
  return { at: result.at, what: 'event', detail: `${type}${credentials}${reason}` };
}

async function waitFor(condition: () => boolean): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!condition() && Date.now() < end) await sleep(lookMs);
}
