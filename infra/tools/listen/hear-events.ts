import { InvalidParameterException, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { ToolError } from '../tool-error.ts';
import type { ReachedTopic } from './reached-topic.ts';

export interface Hearing {
  /** Resolves when nothing is left behind: no subscription, no queue. */
  readonly stop: () => Promise<void>;
  /** Resolves when it is stopped. @throws Error of SQS's, where the queue can't be read any more */
  readonly ended: Promise<void>;
}

export interface HearingOptions {
  /** The queue's name; it is deleted in the end. */
  readonly queueName: string;
  /** An SNS filter policy as JSON. */
  readonly filter: string | undefined;
}

/** If nobody deletes the queue, its messages are gone after an hour. */
const retentionSeconds = 3600;

/**
 * Subscribes a queue of its own to a topic for a while: others lose nothing by it.
 *
 * @param onEvent told of each event's exact text, and when SNS had it (milliseconds since the epoch)
 * @throws ToolError where SNS does not take the filter
 */
export async function hearEvents(
  { clients: { sns, sqs }, topicArn, queueUrl }: Pick<ReachedTopic, 'clients' | 'topicArn' | 'queueUrl'>,
  { queueName, filter }: HearingOptions,
  onEvent: (text: string, at: number) => Promise<void> | void,
): Promise<Hearing> {
  const Attributes = { MessageRetentionPeriod: String(retentionSeconds) };
  const { QueueUrl: answered = '' } = await sqs.send(new CreateQueueCommand({ QueueName: queueName, Attributes }));
  const QueueUrl = queueUrl(answered);
  const stopping = new AbortController();
  const { signal } = stopping;
  let SubscriptionArn: string | undefined;

  async function subscribe(): Promise<void> {
    const asked = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    const queueArn = asked.Attributes?.QueueArn ?? '';
    const Policy = JSON.stringify(letIn(topicArn, queueArn));
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    const subscribed = await sns.send(
      new SubscribeCommand({
        TopicArn: topicArn,
        Protocol: 'sqs',
        Endpoint: queueArn,
        ReturnSubscriptionArn: true,
        Attributes: { RawMessageDelivery: 'true', ...(filter !== undefined && { FilterPolicy: filter }) },
      }),
    );
    SubscriptionArn = subscribed.SubscriptionArn;
  }

  async function listen(): Promise<void> {
    while (!signal.aborted) {
      const receive = new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 20,
        MessageSystemAttributeNames: ['SentTimestamp'],
      });
      const { Messages = [] } = await sqs.send(receive, { abortSignal: signal });
      for (const { Body = '', Attributes: sent } of Messages) await onEvent(Body, Number(sent?.SentTimestamp));
      await remove(Messages);
    }
  }

  async function remove(messages: readonly Message[]): Promise<void> {
    if (messages.length === 0) return;
    const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }

  async function cleanUp(): Promise<void> {
    if (SubscriptionArn !== undefined) await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  }

  try {
    await subscribe();
  } catch (error) {
    await cleanUp();
    if (filter !== undefined && error instanceof InvalidParameterException)
      throw new ToolError(`SNS does not take the filter ${filter.trim()}: ${error.message}`);
    throw error;
  }
  const ended = listen()
    .catch((error: unknown) => {
      if (!signal.aborted) throw error;
    })
    .finally(cleanUp);
  return {
    ended,
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

/** The queue takes what this topic sends, and nothing else. */
const letIn = (topicArn: string, queueArn: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queueArn,
      Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
    },
  ],
});
