import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { readMessage } from '../../../lambdas/signups/message.ts';
import type { FaultPlan } from '../faults.ts';
import type { History } from '../history.ts';
import { invoke, type Started } from '../poller.ts';
import type { Time } from '../time.ts';

export interface EmbeddedPoller {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly time: Time;
  readonly history: History;
  readonly functionTimeoutMs: number;
  readonly signal: AbortSignal;
  /** Called when an invocation begins (1) and when it is over (-1). */
  readonly busy: (change: 1 | -1) => void;
}

/** The event source mapping's part, over a real queue. Receiving and removing go well here; the rest goes wrong as planned. */
export async function pollEmbedded(
  parts: EmbeddedPoller,
  plan: FaultPlan,
  batchSize: number,
  coldStart: () => Started,
): Promise<void> {
  const { sqs, queueUrl, history, signal, busy } = parts;
  const seen = new Set<string>();
  let started: Started | undefined;
  while (!signal.aborted) {
    const request = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: batchSize,
      WaitTimeSeconds: 1,
      MessageSystemAttributeNames: ['All'],
    });
    const { Messages = [] } = await sqs.send(request, { abortSignal: signal }).catch(() => ({ Messages: [] }));
    if (Messages.length === 0) continue;
    busy(1);
    plan.decide('receive');
    if (started === undefined || !started.environment.isAlive()) started = coldStart();
    const batch = Messages.map(recordOf);
    for (const record of batch) note(history, record, started.environment.name, seen);
    const answer = await invoke(parts, started, batch);
    const failed = new Set(answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const { messageId, receiptHandle } of answer === undefined ? [] : batch) {
      if (failed.has(messageId)) continue;
      plan.decide('acknowledge');
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
      history.add({ kind: 'acknowledged', messageId });
    }
    busy(-1);
  }
}

function note(history: History, { messageId, body, attributes }: SQSRecord, worker: string, seen: Set<string>): void {
  const { SentTimestamp, ApproximateReceiveCount } = attributes;
  if (!seen.has(messageId))
    history.add({ kind: 'sent', messageId, sentAt: Number(SentTimestamp), message: readMessage(body) });
  seen.add(messageId);
  history.add({ kind: 'received', messageId, worker, receiveCount: Number(ApproximateReceiveCount) });
}

const recordOf = ({ MessageId = '', ReceiptHandle = '', Body = '', Attributes = {} }: Message): SQSRecord => ({
  messageId: MessageId,
  receiptHandle: ReceiptHandle,
  body: Body,
  attributes: {
    ApproximateReceiveCount: Attributes.ApproximateReceiveCount ?? '',
    SentTimestamp: Attributes.SentTimestamp ?? '',
    SenderId: Attributes.SenderId ?? '',
    ApproximateFirstReceiveTimestamp: Attributes.ApproximateFirstReceiveTimestamp ?? '',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: '',
  awsRegion: 'eu-central-1',
});
