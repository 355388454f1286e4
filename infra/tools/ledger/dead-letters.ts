import { DeleteMessageCommand, type Message, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { ReachedStage } from './reached-stage.ts';

/** Long polling asks every server of the queue: an empty answer then means that it is empty. */
const waitSeconds = 2;
/** How long a message is ours before others may take it. */
const visibilitySeconds = 60;

/**
 * Sends everything in a destination's dead letter queue back to its queue, one by one: sent first, then deleted, so that nothing is lost if
 * this is interrupted; a message that is sent twice is recognised by the ledger. The bodies are not read.
 *
 * @returns how many were sent back
 */
export async function sendBackDeadLetters(stage: ReachedStage, destination: string): Promise<number> {
  const { sqs } = stage;
  const [from, to] = await Promise.all([stage.deadLetterQueueUrl(destination), stage.queueUrl(destination)]);
  let sent = 0;
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: from,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: waitSeconds,
        VisibilityTimeout: visibilitySeconds,
        MessageAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) return sent;
    await Promise.all(Messages.map((message) => sendBack(stage, message, from, to)));
    sent += Messages.length;
  }
}

async function sendBack({ sqs }: ReachedStage, message: Message, from: string, to: string): Promise<void> {
  const { Body, MessageAttributes, ReceiptHandle } = message;
  await sqs.send(
    new SendMessageCommand({ QueueUrl: to, MessageBody: Body, ...(MessageAttributes && { MessageAttributes }) }),
  );
  await sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle }));
}
