import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '../../infra/local/servers/dynamodb.ts';

export interface RunningTable {
  readonly url: string;
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly close: () => Promise<void>;
}

/** An empty ledger table in an embedded DynamoDB. */
export async function startTable(): Promise<RunningTable> {
  const table = 'matriculate-test-ledger';
  const server = await startDynamoDb();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: server.url, region: 'eu-central-1', credentials, maxAttempts: 1 });
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  );
  return {
    url: server.url,
    client,
    table,
    close: async () => {
      client.destroy();
      await server.close();
    },
  };
}
