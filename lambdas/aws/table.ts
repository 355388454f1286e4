import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import type { Ledger, LedgerItem, Store } from '../signups/ledger.ts';
import { personItemSchema, sessionItemSchema, signupItemSchema } from '../signups/ledger.ts';

/** The ledger in its DynamoDB table (partition key `id`). */
export const createLedger = (client: DynamoDBClient, table: string): Ledger => ({
  signups: createStore(client, table, signupItemSchema),
  persons: createStore(client, table, personItemSchema),
  sessions: createStore(client, table, sessionItemSchema),
});

/**
 * One kind of item. A write is a conditional put of the whole item; its reply may get lost after it was applied, the SDK then repeats it,
 * and the repeat fails against the first: whoever finds their own `writeId` in the table has written.
 */
function createStore<T extends LedgerItem>(client: DynamoDBClient, table: string, schema: z.ZodMiniType<T>): Store<T> {
  async function read(id: string): Promise<T | undefined> {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { id: { S: id } }, ConsistentRead: true }),
    );
    return Item === undefined ? undefined : z.parse(schema, unmarshall(Item));
  }
  return {
    read,
    write: async (item, seen) => {
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall(item, { removeUndefinedValues: true }),
            ...ifUnchanged(seen),
          }),
        );
        return { applied: true };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const found = await read(item.id);
        return found?.writeId === item.writeId ? { applied: true } : { applied: false, found };
      }
    },
    remove: async (id, seen) => {
      try {
        await client.send(new DeleteItemCommand({ TableName: table, Key: { id: { S: id } }, ...ifUnchanged(seen) }));
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}

const ifUnchanged = (seen: string | null) =>
  seen === null
    ? { ConditionExpression: 'attribute_not_exists(id)' }
    : { ConditionExpression: 'writeId = :seen', ExpressionAttributeValues: { ':seen': { S: seen } } };
