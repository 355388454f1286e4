import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SendToQueue } from '../signups/ports.ts';

/**
 * Sends to the destinations' queues. The client must have its time limits and attempts set.
 *
 * @param queueUrls a destination's id to its queue's URL
 */
export function createSendToQueue(client: SQSClient, queueUrls: ReadonlyMap<string, string>): SendToQueue {
  return async (destination, text) => {
    const url = queueUrls.get(destination);
    if (url === undefined) throw new Error(`no queue is known for the destination ${destination}`);
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: text }));
  };
}
