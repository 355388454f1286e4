import { kill } from 'node:process';
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { localAwsClients } from '../../../infra/local/aws-clients.ts';
import type { RunningAssembly } from '../../../infra/local/run-assembly.ts';
import { sampleForThisTest } from './sample-assembly.ts';

const patience = { timeout: 20_000, interval: 20 };

function clientsOf(stack: RunningAssembly) {
  const clients = localAwsClients(stack.endpoints, stack.region);
  onTestFinished(clients.destroy);
  const url = (name: string) => `${stack.endpoints.sqs}/000000000000/sample-${name}`;
  const worker = stack.functions.get('sample-worker');
  if (!worker) throw new Error('the sample has no worker');
  const attributesOf = async (name: string) => {
    const command = new GetQueueAttributesCommand({ QueueUrl: url(name), AttributeNames: ['All'] });
    return (await clients.sqs.send(command)).Attributes ?? {};
  };
  return {
    worker,
    send: (body: string) => clients.sqs.send(new SendMessageCommand({ QueueUrl: url('work'), MessageBody: body })),
    sendAll: (bodies: readonly string[]) =>
      clients.sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: url('work'),
          Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
        }),
      ),
    sqs: clients.sqs,
    url,
    /** How many messages have been received and not deleted. */
    inFlight: async () => Number((await attributesOf('work')).ApproximateNumberOfMessagesNotVisible),
    /** What is left on the queue, visible or not. */
    left: async (name = 'work') => {
      const attributes = await attributesOf(name);
      return Number(attributes.ApproximateNumberOfMessages) + Number(attributes.ApproximateNumberOfMessagesNotVisible);
    },
    /** The batches that the worker noted. */
    batches: (): { pid: number; records: SQSRecord[] }[] =>
      [...worker.logs().matchAll(/BATCH (\{.*\})$/gm)].map(([, json]) => JSON.parse(json ?? '')),
  };
}

describe('an event source mapping on this machine', () => {
  test('hands a message over in the shape of an SQS event, and deletes it', async () => {
    const { send, batches, left } = clientsOf(await sampleForThisTest());
    const sent = await send('hello');
    const [batch] = await vi.waitUntil(() => (batches().length > 0 ? batches() : undefined), patience);
    expect(batch?.records).toEqual([
      {
        messageId: sent.MessageId,
        receiptHandle: expect.any(String),
        body: 'hello',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {},
        md5OfBody: sent.MD5OfMessageBody,
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:sample-work',
        awsRegion: 'eu-central-1',
      },
    ]);
    await vi.waitUntil(async () => (await left()) === 0, patience);
  });

  test('leaves only the records that the function names, and they come again when their visibility is over', async () => {
    const { sendAll, batches, left } = clientsOf(await sampleForThisTest());
    await sendAll(['fine', 'fail', 'good']);
    await vi.waitUntil(() => batches().length >= 2, patience);
    const again = batches()
      .slice(1)
      .flatMap(({ records }) => records);
    expect(again.map(({ body, attributes }) => [body, attributes.ApproximateReceiveCount])).toContainEqual([
      'fail',
      '2',
    ]);
    expect(again.every(({ body }) => body === 'fail')).toBe(true);
    expect(await left()).toBe(1);
  });

  test('leaves the whole batch when the function throws', async () => {
    const { sendAll, batches } = clientsOf(await sampleForThisTest());
    await sendAll(['fine', 'throw']);
    await vi.waitUntil(() => batches().length >= 2, patience);
    expect(
      batches()[1]
        ?.records.map(({ body }) => body)
        .toSorted(),
    ).toEqual(['fine', 'throw']);
  });

  test('brings a message back to a fresh process after kill -9', async () => {
    const { send, batches, worker } = clientsOf(await sampleForThisTest());
    await send('wait');
    const [first] = await vi.waitUntil(() => (batches().length > 0 ? batches() : undefined), patience);
    expect(worker.busyPids()).toEqual([first?.pid]);
    kill(first?.pid ?? 0, 'SIGKILL');
    await vi.waitUntil(() => batches().length >= 2, patience);
    expect(batches()[1]?.pid).not.toBe(first?.pid);
    expect(batches()[1]?.records[0]?.attributes.ApproximateReceiveCount).toBe('2');
    expect(worker.usage().errors).toBe(1);
  });

  test('kills a worker that takes longer than its timeout, and the message comes back', async () => {
    const { send, batches, worker } = clientsOf(await sampleForThisTest({ workerTimeoutSeconds: 1 }));
    await send('wait');
    await vi.waitUntil(() => batches().length >= 2, patience);
    await expect.poll(() => worker.logs()).toContain('Task timed out after 1.00 seconds');
  });

  test('moves a message to the dead-letter queue after maxReceiveCount receives', async () => {
    const { send, batches, left, sqs, url } = clientsOf(await sampleForThisTest({ maxReceiveCount: 2 }));
    await send('fail');
    await vi.waitUntil(async () => (await left('work-dlq')) === 1, patience);
    expect(batches()).toHaveLength(2);
    expect(await left()).toBe(0);
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url('work-dlq') }));
    expect(Messages?.[0]?.Body).toBe('fail');
  });

  test('receives and works on as many batches at a time as the mapping allows, and no more', async () => {
    const { sendAll, batches, worker, inFlight } = clientsOf(
      await sampleForThisTest({ maximumConcurrency: 3, batchSize: 1, visibilitySeconds: 30 }),
    );
    const most = { busy: 0, received: 0 };
    await sendAll(['slow1', 'slow2', 'slow3', 'slow4', 'slow5', 'slow6']);
    await vi.waitUntil(async () => {
      most.busy = Math.max(most.busy, worker.busyPids().length);
      most.received = Math.max(most.received, await inFlight());
      return batches().length === 6;
    }, patience);
    expect(most).toEqual({ busy: 3, received: 3 });
    expect(new Set(batches().map(({ pid }) => pid)).size).toBe(3);
  });
});
