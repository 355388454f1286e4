import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { startEventSource } from '../../infra/local/event-source/event-source.ts';
import { createChangeVisibility } from '../../lambdas/aws/change-visibility.ts';
import { createSecretStore } from '../../lambdas/aws/secrets.ts';
import { createLedger } from '../../lambdas/aws/table.ts';
import { createPublish } from '../../lambdas/aws/topic.ts';
import type { Duplicates } from '../../lambdas/platforms/platform.ts';
import type { RunningSimulator } from '../../lambdas/platforms/platform-simulator.ts';
import type { RegisteredPlatform } from '../../lambdas/platforms/registered.ts';
import type { ProvisionUserConfig } from '../../lambdas/provision-user/config.ts';
import { withDeadline } from '../../lambdas/provision-user/deadline.ts';
import type { ProvisionDeps } from '../../lambdas/provision-user/deps.ts';
import { createProvisionUser } from '../../lambdas/provision-user/handler.ts';
import { createMappers } from '../../lambdas/provision-user/mappers.ts';
import { createSession } from '../../lambdas/provision-user/session.ts';
import { eventSchema, type SignupEvent } from '../../lambdas/signups/event.ts';
import { writeMessage } from '../../lambdas/signups/write-message.ts';
import { createRecipient } from '../fixtures/recipient.ts';
import { unhurried } from '../fixtures/unhurried.ts';
import type { Stores } from './stores.ts';

/** The production's time limits in small. */
const timeLimits = {
  vendorCallMs: 1_000,
  recordDeadlineMs: 3_000,
  functionTimeoutMs: 3_500,
  leaseMs: 4_000,
  visibilityMs: 5_000,
  backoffMs: 50,
  backoffCapMs: 200,
  loginSlotMs: 1_500,
  secretLifeMs: 60_000,
};

/** The vendor's time limit, for storms that must outlast it. */
export const { vendorCallMs } = timeLimits;

export interface Destination {
  readonly simulator: RunningSimulator;
  readonly secretName: string;
  /** Puts a delivery on the queue, as receive-signup does. The person's fields are the payload. */
  readonly deliver: (signupId: string, person: Readonly<Record<string, unknown>>) => Promise<void>;
  /** The event of a signup, as soon as it is told. @throws Error after `patienceMs` */
  readonly ended: (signupId: string, patienceMs?: number) => Promise<SignupEvent>;
  /** Every copy of this destination's events. */
  readonly told: () => readonly string[];
  /** What the recipient finds in an event's JWE. */
  readonly decrypt: (event: SignupEvent) => Promise<unknown>;
  /** Every log line and metric. */
  readonly logged: readonly string[];
  readonly stop: () => Promise<void>;
}

export interface DestinationOptions {
  readonly duplicates?: Duplicates;
  readonly giveUpAfterMs?: number;
  /** What Secrets Manager holds at first; the simulator's own secret, if absent. */
  readonly secret?: Readonly<Record<string, unknown>>;
  /** Credentials are thrown away. */
  readonly discards?: boolean;
  readonly personalData?: 'omit';
}

const sources = {
  shop: {
    mapping: {
      email: 'email',
      firstName: 'firstName',
      lastName: 'lastName',
      username: 'username',
      password: 'password',
      offerings: 'offerings',
      tags: 'tags',
    },
    set: {},
  },
};

/** A destination with a vendor of its own and a worker of the real code, in this process, on the real stores. */
export async function openDestination(
  stores: Stores,
  name: string,
  platform: RegisteredPlatform,
  options: DestinationOptions = {},
): Promise<Destination> {
  const duplicates = options.duplicates ?? 'refused';
  const simulator = await (await platform.simulator()).start({ duplicates });
  const settings = { ...simulator.settings, ...unhurried(platform) };
  const id = `${name}-${randomUUID().slice(0, 8)}`;
  const clients = stores.connect();
  const queueUrl = await stores.createQueue(id, timeLimits.visibilityMs / 1000);
  const recipient = await createRecipient('mailer-1');
  const config: ProvisionUserConfig = {
    stage: 'test',
    destination: {
      id,
      platform: name,
      url: simulator.url,
      duplicates,
      loginUrl: 'https://academy.example/login',
      recipients: platform.settings.credentials === 'none' ? null : options.discards ? [] : [recipient.publicKey],
      ...(options.personalData && { personalData: options.personalData }),
      roles: ['student'],
      giveUpAfterMs: options.giveUpAfterMs ?? 60_000,
      keepDays: 90,
      maximumConcurrency: 2,
      settings,
    },
    sources,
    timeLimits,
  };
  const secretName = `matriculate/test/destinations/${id}`;
  stores.secrets.create(secretName, `arn:${secretName}`, JSON.stringify(options.secret ?? simulator.secret));
  const ledgerSecret = 'matriculate/test/ledger';
  if (!stores.secrets.list().some((secret) => secret.name === ledgerSecret)) {
    stores.secrets.create(
      ledgerSecret,
      `arn:${ledgerSecret}`,
      JSON.stringify({ key: 'an-invented-ledger-key-for-tests' }),
    );
  }
  const logged: string[] = [];
  const log = (...what: unknown[]) => void logged.push(JSON.stringify(what));
  const deps: ProvisionDeps = {
    config,
    platform: platform.settings,
    vendor: await platform.connect({ url: simulator.url, duplicates, settings }, { now: Date.now }),
    mapperOf: createMappers(config.sources),
    ledger: createLedger(clients.dynamodb, stores.table),
    secrets: createSecretStore(clients.secretsManager, {
      lifeMs: timeLimits.secretLifeMs,
      now: Date.now,
      random: Math.random,
    }),
    publish: createPublish(clients.sns, stores.topicArn),
    changeVisibility: createChangeVisibility(clients.sqs, queueUrl),
    observer: { info: log, warn: log, error: log, metric: log },
    now: Date.now,
    random: Math.random,
    randomBytes,
    newId: randomUUID,
    sleep,
    withDeadline,
  };
  const provisionUser = createProvisionUser(deps, createSession({ ...deps, sessions: deps.ledger.sessions }));
  const mapping = {
    queueArn: `arn:aws:sqs:eu-central-1:000000000000:${id}`,
    functionName: id,
    enabled: true,
    batchSize: 10,
    windowMs: 0,
    reportsFailures: true,
    maximumConcurrency: 2,
  };
  const poller = startEventSource(mapping, queueUrl, clients.sqs, async (event) => ({
    ok: true,
    payload: JSON.stringify(await provisionUser(event)),
  }));
  const told = () => stores.told.filter((text) => text.includes(`"destination":"${id}"`));
  return {
    simulator,
    secretName,
    logged,
    told,
    deliver: async (signupId, person) => {
      const body = Buffer.from(JSON.stringify(person)).toString('base64');
      const acceptedAt = new Date().toISOString();
      const text = writeMessage({
        kind: 'delivery',
        signupId,
        source: 'shop',
        acceptedAt,
        body,
      });
      await clients.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: text }));
    },
    ended: async (signupId, patienceMs = 20_000) => {
      const until = Date.now() + patienceMs;
      while (Date.now() < until) {
        const text = told().find((each) => each.includes(`"signupId":"${signupId}"`));
        if (text !== undefined) return z.parse(eventSchema, JSON.parse(text));
        await sleep(20);
      }
      throw new Error(`${signupId} was not told of in ${patienceMs} ms; log:\n${logged.join('\n')}`);
    },
    decrypt: recipient.decrypt,
    stop: async () => {
      await poller.stop();
      await simulator.close();
    },
  };
}
