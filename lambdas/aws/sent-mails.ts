import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Clock } from '../signups/ports.ts';
import type { SentMails } from '../welcome-mailer/ports.ts';

/** How long a claim holds: longer than the mailer's time limit, shorter than its queue's visibility timeout. */
const claimMs = 60_000;

/**
 * What was mailed, in a table with the partition key `id`: an item is a claim until `until` (milliseconds since the epoch), or has `sent`.
 * It is kept for good: for how long the stage can send an event again is not known here.
 */
export function createSentMails(client: DynamoDBClient, TableName: string, now: Clock): SentMails {
  const key = (id: string) => ({ id: { S: id } });
  return {
    claim: async (id) => {
      try {
        await client.send(
          new PutItemCommand({
            TableName,
            Item: { ...key(id), until: { N: String(now() + claimMs) } },
            // What was sent has no `until` any more.
            ConditionExpression: 'attribute_not_exists(id) OR #until < :now',
            ExpressionAttributeNames: { '#until': 'until' },
            ExpressionAttributeValues: { ':now': { N: String(now()) } },
          }),
        );
        return 'ours';
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const { Item } = await client.send(new GetItemCommand({ TableName, Key: key(id), ConsistentRead: true }));
        return Item?.sent === undefined ? 'busy' : 'sent';
      }
    },
    done: async (id) => {
      await client.send(new PutItemCommand({ TableName, Item: { ...key(id), sent: { BOOL: true } } }));
    },
    release: async (id) => {
      await client.send(new DeleteItemCommand({ TableName, Key: key(id) }));
    },
  };
}
