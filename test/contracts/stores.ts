import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { type AwsClients, localAwsClients } from '../../infra/local/aws-clients.ts';
import { SecretStore } from '../../infra/local/secrets-manager/secret-store.ts';
import { startSecretsManager } from '../../infra/local/secrets-manager/server.ts';
import { startDynamoDb } from '../../infra/local/servers/dynamodb.ts';
import { startQueuesAndTopics } from '../../infra/local/servers/queues-and-topics.ts';
import { createIdTable } from '../fixtures/id-table.ts';

/** Real stores on this machine, shared by every case: table, topic, queues and secrets, and everything that was told on the topic. */
export interface Stores {
  /** New clients: a client has 50 connections, and each long poll holds one. */
  readonly connect: () => AwsClients;
  readonly secrets: SecretStore;
  readonly table: string;
  readonly topicArn: string;
  /** The address of a new queue. */
  readonly createQueue: (name: string, visibilitySeconds: number) => Promise<string>;
  /** Every text told so far, each copy. */
  readonly told: readonly string[];
  /** Everything in the table, as text. */
  readonly dump: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

const region = 'eu-central-1';

export async function startStores(): Promise<Stores> {
  const secrets = new SecretStore();
  const [dynamodb, messaging, secretsManager] = await Promise.all([
    startDynamoDb(),
    startQueuesAndTopics(),
    startSecretsManager(secrets),
  ]);
  const endpoints = {
    sqs: messaging.url,
    sns: messaging.url,
    dynamodb: dynamodb.url,
    secretsmanager: secretsManager.url,
  };
  const connected: AwsClients[] = [];
  const connect = (): AwsClients => {
    const clients = localAwsClients(endpoints, region);
    connected.push(clients);
    return clients;
  };
  const clients = connect();
  const table = 'ledger';
  await createIdTable(clients.dynamodb, table);
  const { TopicArn: topicArn = '' } = await clients.sns.send(new CreateTopicCommand({ Name: 'results' }));
  const createQueue = async (name: string, visibilitySeconds: number): Promise<string> => {
    const Attributes = { VisibilityTimeout: String(visibilitySeconds) };
    await clients.sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
    return `${messaging.url}/000000000000/${name}`;
  };
  const results = await createQueue('results', 30);
  await clients.sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: `arn:aws:sqs:${region}:000000000000:results`,
      Attributes: { RawMessageDelivery: 'true' },
    }),
  );
  const told: string[] = [];
  const stopping = new AbortController();
  const listening = listen(clients, results, told, stopping.signal);
  return {
    connect,
    secrets,
    table,
    topicArn,
    createQueue,
    told,
    dump: async () => JSON.stringify((await clients.dynamodb.send(new ScanCommand({ TableName: table }))).Items),
    stop: async () => {
      stopping.abort();
      await listening;
      for (const each of connected) each.destroy();
      await Promise.all([dynamodb.close(), messaging.close(), secretsManager.close()]);
    },
  };
}

async function listen({ sqs }: AwsClients, queueUrl: string, told: string[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const request = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 });
    const { Messages = [] } = await sqs.send(request, { abortSignal: signal }).catch(() => ({ Messages: [] }));
    told.push(...Messages.map(({ Body = '' }) => Body));
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    if (Entries.length > 0)
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries })).catch(() => undefined);
  }
}
