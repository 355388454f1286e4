import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import type { CheckedConfig } from '../../../../infra/checks/checked-config.ts';
import { mapValues } from '../../../../infra/checks/record.ts';
import * as names from '../../../../infra/constructs/names.ts';
import { localAwsClients } from '../../../../infra/local/aws-clients.ts';
import { SecretStore } from '../../../../infra/local/secrets-manager/secret-store.ts';
import { startSecretsManager } from '../../../../infra/local/secrets-manager/server.ts';
import { startDynamoDb } from '../../../../infra/local/servers/dynamodb.ts';
import { startQueuesAndTopics } from '../../../../infra/local/servers/queues-and-topics.ts';
import type { OperatedStage } from '../../../../infra/tools/operate/operated-stage.ts';
import { stageSecrets } from '../../../../infra/tools/secrets/stage-secret.ts';

export interface StageOnStores extends OperatedStage {
  readonly secrets: SecretStore;
  readonly stop: () => Promise<void>;
}

/** A stage's table, queues and empty secrets on this machine's services, without its functions. */
export async function stageOnStores(config: CheckedConfig): Promise<StageOnStores> {
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
  const clients = localAwsClients(endpoints, 'eu-central-1');
  const { stage } = config;
  for (const { secretId } of stageSecrets(config))
    secrets.create(secretId, `arn:aws:secretsmanager:eu-central-1:000000000000:secret:${secretId}-abcdef`, '{}');
  await clients.dynamodb.send(
    new CreateTableCommand({
      TableName: names.tableName(stage),
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: ['id', 'openIn', 'openedAt'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'open',
          KeySchema: [
            { AttributeName: 'openIn', KeyType: 'HASH' },
            { AttributeName: 'openedAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const destinations = Object.keys(config.destinations);
  for (const id of destinations)
    for (const QueueName of [names.queueName(stage, id), names.deadLetterQueueName(stage, id)])
      await clients.sqs.send(new CreateQueueCommand({ QueueName }));
  const urlOf = (name: string) => `${messaging.url}/000000000000/${name}`;
  return {
    title: stage,
    word: ` ${stage}`,
    config,
    sources: mapValues(config.sources, ({ to }) => to.map(({ destination }) => destination)),
    destinations,
    tableName: names.tableName(stage),
    ...clients,
    url: undefined,
    queueUrl: async (id) => urlOf(names.queueName(stage, id)),
    deadLetterQueueUrl: async (id) => urlOf(names.deadLetterQueueName(stage, id)),
    secrets,
    stop: async () => {
      clients.destroy();
      await Promise.all([dynamodb.close(), messaging.close(), secretsManager.close()]);
    },
  };
}
