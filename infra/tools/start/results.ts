import { SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { eventSchema, type SignupEvent } from '../../../lambdas/signups/event.ts';
import { type AwsClients, localAwsClients } from '../../local/aws-clients.ts';
import type { LocalStack } from '../../local/local-stack.ts';
import { account } from '../../local/template/world.ts';

/** An event, and when SNS had it, in milliseconds since the epoch. */
export interface Result {
  readonly event: SignupEvent;
  readonly at: number;
}

export interface Results {
  readonly stop: () => Promise<void>;
}

const queueName = 'matriculate-start-results';

/** Subscribes a queue to the stack's topic, and tells of each event as it comes. */
export async function subscribeToResults(stack: LocalStack, onResult: (result: Result) => void): Promise<Results> {
  const clients = localAwsClients(stack.endpoints, stack.region);
  await clients.sqs.send(new CreateQueueCommand({ QueueName: queueName }));
  await clients.sns.send(
    new SubscribeCommand({
      TopicArn: stack.topicArn,
      Protocol: 'sqs',
      Endpoint: `arn:aws:sqs:${stack.region}:${account}:${queueName}`,
      Attributes: { RawMessageDelivery: 'true' },
    }),
  );
  const stopping = new AbortController();
  const listening = listen(clients, `${stack.endpoints.sqs}/${account}/${queueName}`, stopping.signal, onResult);
  return {
    stop: async () => {
      stopping.abort();
      await listening;
      clients.destroy();
    },
  };
}

async function listen(
  { sqs }: AwsClients,
  queueUrl: string,
  signal: AbortSignal,
  onResult: (result: Result) => void,
): Promise<void> {
  while (!signal.aborted) {
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 20,
      MessageSystemAttributeNames: ['SentTimestamp'],
    });
    const received = await sqs.send(command, { abortSignal: signal }).catch(() => undefined);
    const messages = received?.Messages ?? [];
    for (const { Body = '', Attributes } of messages)
      onResult({ event: z.parse(eventSchema, JSON.parse(Body)), at: Number(Attributes?.SentTimestamp) });
    if (messages.length === 0) continue;
    const entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries })).catch(() => undefined);
  }
}
