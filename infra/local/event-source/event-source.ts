import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import type { InvocationResult } from '../functions/invocation.ts';
import type { PlannedEventSource } from '../template/planned-event-source.ts';
import { succeededOf } from './batch-answer.ts';
import { sqsRecord } from './sqs-event.ts';

export interface RunningEventSource {
  readonly queueUrl: string;
  /** Receives nothing more; invocations under way are let be. */
  readonly stop: () => Promise<void>;
}

/** SQS's own limit for one receive and for one batch of deletes. */
const perCall = 10;
const longPollSeconds = 20;
/** After a failed receive. */
const pauseMs = 200;

/**
 * Lambda's poller: receives with long polls, invokes with up to `maximumConcurrency` batches at a time, and deletes what was dealt with.
 * What was not comes back when its visibility timeout is over.
 */
export function startEventSource(
  mapping: PlannedEventSource,
  queueUrl: string,
  sqs: SQSClient,
  invoke: (event: SQSEvent) => Promise<InvocationResult>,
): RunningEventSource {
  const stopping = new AbortController();
  const { signal } = stopping;
  let free = mapping.maximumConcurrency;
  let freed = Promise.withResolvers<void>();

  async function poll(): Promise<void> {
    while (!signal.aborted) {
      if (free === 0) {
        freed = Promise.withResolvers();
        await freed.promise;
        continue;
      }
      const batch = await gather();
      if (batch.length === 0 || signal.aborted) continue;
      free--;
      void deal(batch).finally(() => {
        free++;
        freed.resolve();
      });
    }
  }

  /** A batch: what one receive brings or, with a window, what comes until the batch is full or the window over. */
  async function gather(): Promise<Message[]> {
    const batch = await receive(mapping.batchSize, longPollSeconds);
    const end = Date.now() + mapping.windowMs;
    while (batch.length > 0 && batch.length < mapping.batchSize && Date.now() < end && !signal.aborted)
      batch.push(...(await receive(mapping.batchSize - batch.length, Math.ceil((end - Date.now()) / 1000))));
    return batch;
  }

  async function receive(count: number, seconds: number): Promise<Message[]> {
    try {
      const { Messages } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: Math.min(count, perCall),
          WaitTimeSeconds: Math.min(seconds, longPollSeconds),
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        }),
        { abortSignal: signal },
      );
      return Messages ?? [];
    } catch {
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      return [];
    }
  }

  async function deal(batch: readonly Message[]): Promise<void> {
    const records = batch.map((message) => sqsRecord(message, mapping.queueArn));
    const result = await invoke({ Records: records });
    if (!result.ok) return;
    const ids = records.map(({ messageId }) => messageId);
    const done = mapping.reportsFailures ? succeededOf(result.payload, ids) : ids;
    const handles = records
      .filter(({ messageId }) => done.includes(messageId))
      .map(({ receiptHandle }) => receiptHandle);
    for (let at = 0; at < handles.length; at += perCall) {
      const entries = handles
        .slice(at, at + perCall)
        .map((handle, index) => ({ Id: String(index), ReceiptHandle: handle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries })).catch(() => undefined);
    }
  }

  const polling = mapping.enabled ? poll() : Promise.resolve();
  return {
    queueUrl,
    stop: async () => {
      stopping.abort();
      freed.resolve();
      await polling;
    },
  };
}
