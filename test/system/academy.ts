import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { type AwsClients, localAwsClients } from '../../infra/local/aws-clients.ts';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '../../infra/local/local-stack.ts';
import { signWebhook } from '../../infra/tools/sign-webhook.ts';
import { subscribeToResults } from '../../infra/tools/start/results.ts';
import type { SignupEvent } from '../../lambdas/signups/event.ts';
import { createRecipient } from '../fixtures/recipient.ts';

/** The whole stack on this machine, a real queue subscribed to its topic, and a sender that signs as Standard Webhooks says. */
export interface Academy {
  readonly stack: LocalStack;
  /** Where the stack has its functions and logs. */
  readonly directory: string;
  readonly clients: AwsClients;
  /** Posts a signup, from the source `shop` unless another is named; the webhook id makes it a redelivery if it was used before. */
  readonly post: (data: Readonly<Record<string, unknown>>, options?: PostOptions) => Promise<PostAnswer>;
  /** Every copy of every event, as it came. */
  readonly events: readonly SignupEvent[];
  /** The first event of a signup at a destination. @throws Error after a minute */
  readonly ended: (signupId: string, destination: string) => Promise<SignupEvent>;
  /** What the mailer finds in an event's JWE. */
  readonly decrypt: (event: SignupEvent) => Promise<unknown>;
  /** Everything in the ledger's table, as text. */
  readonly ledger: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

export interface PostOptions {
  readonly source?: string;
  readonly webhookId?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface PostAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly signupId: string;
}

/** The production's time limits in small; queues and functions take whole seconds. */
export const smallTimeLimits = {
  vendorCallMs: 700,
  recordDeadlineMs: 1_500,
  functionTimeoutMs: 2_000,
  leaseMs: 2_500,
  visibilityMs: 12_000,
  backoffMs: 100,
  backoffCapMs: 500,
  loginSlotMs: 3_000,
  secretLifeMs: 10_000,
};

/** @param config a stage's config; the recipient `mailer` is added, its private half is the academy's */
export async function openAcademy(
  config: Readonly<Record<string, unknown>>,
  options: Omit<LocalStackOptions, 'config' | 'directory'> = {},
): Promise<Academy> {
  const directory = mkdtempSync(join(tmpdir(), 'matriculate-'));
  const mailer = await createRecipient('mailer-1');
  const recipients = { mailer: mailer.publicKey };
  const stack = await startLocalStack({
    timeLimits: smallTimeLimits,
    ...options,
    directory,
    config: { recipients, ...config },
  });
  const clients = localAwsClients(stack.endpoints, stack.region);
  const events: SignupEvent[] = [];
  const results = await subscribeToResults(stack, ({ event }) => events.push(event));
  return {
    stack,
    directory,
    clients,
    events,
    post: async (data, { source = 'shop', webhookId = `msg_${randomUUID()}`, headers = {} } = {}) => {
      const body = Buffer.from(JSON.stringify({ type: 'signup.created', timestamp: new Date().toISOString(), data }));
      const key = stack.sourceKeys[source] ?? '';
      const signed = signWebhook({
        verify: { scheme: 'standard-webhooks' },
        key,
        body,
        now: Date.now(),
        id: webhookId,
      });
      const response = await fetch(`${stack.url}/webhooks/${source}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...signed.headers, ...headers },
      });
      const answer = z.parse(z.record(z.string(), z.unknown()), await response.json());
      return { status: response.status, body: answer, signupId: String(answer.signupId ?? '') };
    },
    ended: async (signupId, destination) => {
      const until = Date.now() + 60_000;
      while (Date.now() < until) {
        const event = events.find(({ data }) => data.signupId === signupId && data.destination === destination);
        if (event !== undefined) return event;
        await sleep(20);
      }
      throw new Error(`${signupId} was not told of; ${stack.functions[`provision-${destination}`]?.logs() ?? ''}`);
    },
    decrypt: mailer.decrypt,
    ledger: async () =>
      JSON.stringify((await clients.dynamodb.send(new ScanCommand({ TableName: stack.tableName }))).Items),
    stop: async () => {
      await results.stop();
      clients.destroy();
      await stack.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
