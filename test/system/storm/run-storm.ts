import { setTimeout as sleep } from 'node:timers/promises';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { type SignupItem, signupItemSchema } from '../../../lambdas/signups/ledger.ts';
import { type Academy, openAcademy } from '../academy.ts';
import { killBusyWorker } from './kill.ts';
import { type Destination, destinations, type PlannedSignup, planStorm, type StormOptions } from './plan.ts';
import { judge, type StormReport } from './report.ts';

/** What became of them, and what was done to them, as far as it came to pass. */
export interface StormResult extends StormReport {
  readonly accepted: number;
  /** Invocations that died by a kill. */
  readonly killed: number;
  /** Accounts whose reply was lost. */
  readonly lostReplies: number;
  /** Deliveries and messages that came a second time. */
  readonly duplicates: number;
  /** Signups whose message came again, because a worker died over it or gave it back. */
  readonly cameAgain: number;
  readonly milliseconds: number;
}

const createOperation = { classroom: 'User/Create', courses: 'createUser' } as const;
/** A killed worker's messages come back after 12 seconds; whoever is killed five times has been through a minute of that. */
const patienceMs = 120_000;

/** Sends signups to both platforms while workers are killed, replies get lost and messages come twice; resolves when everything is quiet. */
export async function runStorm(
  options: StormOptions,
  say: (line: string) => void = () => undefined,
): Promise<StormResult> {
  const plan = planStorm(options);
  const records = new Map<string, SQSRecord>();
  const cameAgain = new Set<string>();
  const academy = await openAcademy(
    {
      sources: {
        'for-classroom': { preset: 'standard-webhooks', to: ['classroom'] },
        'for-courses': { preset: 'standard-webhooks', to: ['courses'] },
      },
      destinations: {
        classroom: {
          platform: 'electa',
          credentials: ['mailer'],
          giveUpAfter: '10m',
          maximumConcurrency: 3,
          batchSize: 5,
        },
        courses: {
          platform: 'digitalchalk-soap',
          credentials: ['mailer'],
          giveUpAfter: '10m',
          maximumConcurrency: 3,
          batchSize: 5,
        },
      },
    },
    {
      simulators: { classroom: { latencyMs: 60 }, courses: { latencyMs: 60 } },
      onReceive: (record) => {
        const { signupId } = z.parse(z.object({ signupId: z.string() }), JSON.parse(record.body));
        records.set(signupId, record);
        if (record.attributes.ApproximateReceiveCount !== '1') cameAgain.add(signupId);
      },
    },
  );
  try {
    const started = performance.now();
    const accepted = new Map<string, PlannedSignup>();
    let killed = 0;
    let duplicates = 0;
    const pending: Promise<unknown>[] = [];
    const kills = { classroom: Promise.resolve(), courses: Promise.resolve() };
    const killOne = async (destination: Destination): Promise<void> => {
      const worker = academy.stack.functions[`provision-${destination}`];
      if (worker !== undefined && (await killBusyWorker(worker))) killed += 1;
    };
    const post = async (signup: PlannedSignup, index: number): Promise<void> => {
      const data = { email: signup.email, first_name: 'Storm', last_name: `Learner ${index}`, reference: `${index}` };
      const delivery = { source: `for-${signup.destination}`, webhookId: `msg_storm_${index}` };
      if (signup.losesReply)
        academy.stack.simulators[signup.destination]?.arm({
          weather: 'reply-lost',
          operation: createOperation[signup.destination],
        });
      const { status, signupId } = await academy.post(data, delivery);
      if (status !== 202) throw new Error(`a signup was answered ${status}`);
      accepted.set(signupId, signup);
      if (signup.duplicate === 'none') return;
      await sleep(300);
      duplicates += 1;
      if (signup.duplicate === 'delivery') await academy.post(data, delivery);
      else await handToAnother(academy, signup, () => records.get(signupId));
    };
    for (const [index, signup] of plan.signups.entries()) {
      for (const kill of plan.kills.filter(({ before }) => before === index))
        kills[kill.destination] = kills[kill.destination].then(() => killOne(kill.destination));
      pending.push(post(signup, index));
      if (index % 100 === 99) say(`${index + 1} sent, ${academy.events.length} events, ${killed} workers killed`);
      await sleep(1000 / options.rate);
    }
    await Promise.all([...pending, ...Object.values(kills)]);
    await quiet(academy, [...accepted.keys()]);
    const milliseconds = performance.now() - started;
    const lostReplies = destinations
      .map((id) => academy.stack.simulators[id]?.counts()['weather:reply-lost'] ?? 0)
      .reduce((sum, count) => sum + count, 0);
    const report = judge({
      accepted,
      items: await signupItems(academy),
      events: academy.events,
      accounts: {
        classroom: academy.stack.simulators.classroom?.accounts() ?? [],
        courses: academy.stack.simulators.courses?.accounts() ?? [],
      },
      deadLetters: await messagesIn(academy, academy.stack.dlqUrls),
    });
    return {
      ...report,
      accepted: accepted.size,
      killed,
      lostReplies,
      duplicates,
      cameAgain: cameAgain.size,
      milliseconds,
    };
  } finally {
    await academy.stop();
  }
}

/** SQS delivers at least once: the same message, as it was received, to a second worker. */
async function handToAnother(
  academy: Academy,
  signup: PlannedSignup,
  record: () => SQSRecord | undefined,
): Promise<void> {
  const until = Date.now() + patienceMs;
  while (record() === undefined && Date.now() < until) await sleep(20);
  await academy.stack.functions[`provision-${signup.destination}`]?.invoke({ Records: [record()] });
}

/** Every signup is told of, and nothing is in any queue; or patience is over, and the report will say what is missing. */
async function quiet(academy: Academy, signupIds: readonly string[]): Promise<void> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    const told = new Set(academy.events.map(({ data }) => data.signupId));
    if (signupIds.every((id) => told.has(id)) && (await messagesIn(academy, academy.stack.queueUrls)) === 0) return;
    await sleep(250);
  }
}

/** In flight or not. */
async function messagesIn({ clients }: Academy, urls: Readonly<Record<string, string>>): Promise<number> {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const counts = await Promise.all(
    Object.values(urls).map(async (QueueUrl) => {
      const { Attributes } = await clients.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }),
      );
      return names.reduce((sum, name) => sum + Number(Attributes?.[name]), 0);
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

async function signupItems({ clients, stack }: Academy): Promise<SignupItem[]> {
  const items: SignupItem[] = [];
  for await (const { Items = [] } of paginateScan({ client: clients.dynamodb }, { TableName: stack.tableName }))
    for (const item of Items.map((each) => unmarshall(each)))
      if (item.kind === 'signup') items.push(z.parse(signupItemSchema, item));
  return items;
}
