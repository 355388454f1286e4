import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SQSRecord } from 'aws-lambda';
import type { RunningSimulator } from '../../lambdas/platforms/platform-simulator.ts';
import type { RegisteredPlatform } from '../../lambdas/platforms/registered.ts';
import type { ProvisionUserConfig } from '../../lambdas/provision-user/config.ts';
import { withDeadline } from '../../lambdas/provision-user/deadline.ts';
import type { ProvisionDeps } from '../../lambdas/provision-user/deps.ts';
import { createProvisionUser } from '../../lambdas/provision-user/handler.ts';
import { createMappers } from '../../lambdas/provision-user/mappers.ts';
import { createSession } from '../../lambdas/provision-user/session.ts';
import { eventSchema, type SignupEvent } from '../../lambdas/signups/event.ts';
import type { LedgerItem, Store } from '../../lambdas/signups/ledger.ts';
import type { Secret } from '../../lambdas/signups/ports.ts';
import { writeMessage } from '../../lambdas/signups/write-message.ts';
import { unhurried } from '../fixtures/unhurried.ts';

const timeLimits: ProvisionUserConfig['timeLimits'] = {
  vendorCallMs: 5_000,
  recordDeadlineMs: 10_000,
  functionTimeoutMs: 15_000,
  leaseMs: 20_000,
  visibilityMs: 90_000,
  backoffMs: 10,
  backoffCapMs: 100,
  loginSlotMs: 10_000,
  secretLifeMs: 60_000,
};
const mapping = {
  ...{ email: 'email', firstName: 'firstName', lastName: 'lastName', username: 'username', password: 'password' },
  ...{ reference: 'reference', context: 'context' },
};

/** The real worker, adapter and simulator in this process, over a ledger and a topic that are lists. */
export interface HostileWorker {
  readonly simulator: RunningSimulator;
  /** Works on a batch. @returns what came of each record: the state or outcome in the ledger, or `comes back` where nothing was written */
  readonly work: (bodies: readonly string[]) => Promise<readonly string[]>;
  readonly events: readonly SignupEvent[];
  /** Everything that was logged, told and kept. */
  readonly everything: () => string;
  readonly stop: () => Promise<void>;
}

export async function openWorker(name: string, platform: RegisteredPlatform): Promise<HostileWorker> {
  const simulator = await (await platform.simulator()).start();
  const settings = { ...simulator.settings, ...unhurried(platform) };
  const config: ProvisionUserConfig = {
    stage: 'test',
    destination: {
      id: 'classroom',
      platform: name,
      url: simulator.url,
      duplicates: 'refused',
      loginUrl: null,
      recipients: [],
      roles: ['student'],
      giveUpAfterMs: 60_000,
      keepDays: 90,
      maximumConcurrency: 2,
      settings,
    },
    sources: { shop: { mapping, set: {} } },
    timeLimits,
  };
  const secretOf = async (id: string): Promise<Secret> => ({
    version: '1',
    value: id === 'matriculate/test/ledger' ? { key: 'an-invented-ledger-key-for-tests' } : simulator.secret,
    createdAt: 0,
  });
  const items = new Map<string, LedgerItem>();
  const events: SignupEvent[] = [];
  const logged: string[] = [];
  const log = (...what: unknown[]) => void logged.push(JSON.stringify(what));
  const deps: ProvisionDeps = {
    config,
    platform: platform.settings,
    vendor: await platform.connect({ url: simulator.url, duplicates: 'refused', settings }, { now: Date.now }),
    mapperOf: createMappers(config.sources),
    ledger: {
      signups: storeOf('signup', items),
      persons: storeOf('person', items),
      sessions: storeOf('session', items),
    },
    secrets: { current: secretOf, refreshed: secretOf, previous: async () => undefined },
    publish: async (text) => void events.push(eventSchema.parse(JSON.parse(text))),
    changeVisibility: async () => undefined,
    observer: { info: log, warn: log, error: log, metric: log },
    now: Date.now,
    random: Math.random,
    randomBytes,
    newId: randomUUID,
    sleep,
    withDeadline,
  };
  const provisionUser = createProvisionUser(deps, createSession({ ...deps, sessions: deps.ledger.sessions }));
  return {
    simulator,
    events,
    everything: () => JSON.stringify([[...items.values()], events, logged]),
    work: async (bodies) => {
      const records = bodies.map(recordOf);
      const { batchItemFailures } = await provisionUser({ Records: records });
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      return records.map(({ messageId, body }) => stateIn(items, body, failed.has(messageId)));
    },
    stop: () => simulator.close(),
  };
}

/** A table's conditional writes, in memory. */
function storeOf<K extends LedgerItem['kind']>(
  kind: K,
  items: Map<string, LedgerItem>,
): Store<Extract<LedgerItem, { kind: K }>> {
  type Item = Extract<LedgerItem, { kind: K }>;
  const isItem = (item: LedgerItem | undefined): item is Item => item?.kind === kind;
  const find = (id: string): Item | undefined => {
    const item = items.get(id);
    return isItem(item) ? item : undefined;
  };
  return {
    read: async (id) => find(id),
    write: async (item, seen) => {
      const found = find(item.id);
      if ((found?.writeId ?? null) !== seen) return { applied: false, found };
      items.set(item.id, item);
      return { applied: true };
    },
    remove: async (id, seen) => {
      if (find(id)?.writeId === seen) items.delete(id);
    },
  };
}

function recordOf(body: string, index: number): SQSRecord {
  return {
    messageId: String(index),
    receiptHandle: String(index),
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(Date.now()),
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:classroom',
    awsRegion: 'eu-central-1',
  };
}

function stateIn(items: ReadonlyMap<string, LedgerItem>, body: string, comesBack: boolean): string {
  const item = items.get(`classroom#${signupIdIn(body)}`);
  const step = item?.kind === 'signup' ? item.steps[0] : undefined;
  if (step === undefined) return comesBack ? 'comes back' : 'dropped';
  return step.state === 'done' ? step.outcome : step.state;
}

function signupIdIn(body: string): unknown {
  try {
    return Object(JSON.parse(body)).signupId;
  } catch {
    return undefined;
  }
}

let signups = 0;

/** A delivery of a payload as receive-signup queues it, under an id of its own. */
export function deliveryOf(payload: string, signupId = `shop.${++signups}`): string {
  return writeMessage({
    kind: 'delivery',
    signupId,
    source: 'shop',
    acceptedAt: new Date().toISOString(),
    body: Buffer.from(payload).toString('base64'),
  });
}
