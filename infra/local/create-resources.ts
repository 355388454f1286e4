import { randomBytes } from 'node:crypto';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import type { AwsClients } from './aws-clients.ts';
import type { SecretStore } from './secrets-manager/secret-store.ts';
import type { StackPlan } from './template/plan.ts';
import type { GenerateSecretString, PlannedSecret } from './template/planned-secret.ts';

/** Makes what a plan asks for, by the services' own APIs. */
export async function createResources(plan: StackPlan, clients: AwsClients): Promise<void> {
  const tables = Promise.all(plan.tables.map((table) => createTable(table, clients)));
  // A queue names its dead-letter queue, which must be there first.
  for (const queues of [
    plan.queues.filter(({ deadLetterArn }) => !deadLetterArn),
    plan.queues.filter(({ deadLetterArn }) => deadLetterArn),
  ])
    await Promise.all(
      queues.map(({ name, attributes }) =>
        clients.sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { ...attributes } })),
      ),
    );
  await Promise.all(plan.topics.map(({ name }) => clients.sns.send(new CreateTopicCommand({ Name: name }))));
  await Promise.all(
    plan.subscriptions.map(({ topicArn, protocol, endpoint, attributes }) =>
      clients.sns.send(
        new SubscribeCommand({
          TopicArn: topicArn,
          Protocol: protocol,
          Endpoint: endpoint,
          Attributes: { ...attributes },
        }),
      ),
    ),
  );
  await tables;
}

async function createTable(table: StackPlan['tables'][number], { dynamodb }: AwsClients): Promise<void> {
  const { name, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes } = table;
  await dynamodb.send(
    new CreateTableCommand({
      TableName: name,
      KeySchema,
      AttributeDefinitions,
      BillingMode: 'PAY_PER_REQUEST',
      ...(GlobalSecondaryIndexes.length > 0
        ? {
            GlobalSecondaryIndexes: GlobalSecondaryIndexes.map(({ Projection, ...index }) => ({
              ...index,
              Projection:
                Projection.NonKeyAttributes.length > 0 ? Projection : { ProjectionType: Projection.ProjectionType },
            })),
          }
        : {}),
    }),
  );
}

/**
 * Fills the secrets.
 *
 * @param values by name, as text; they are taken instead of what the template gives
 */
export function createSecrets(
  secrets: readonly PlannedSecret[],
  store: SecretStore,
  values: Readonly<Record<string, string>>,
): void {
  for (const secret of secrets) store.create(secret.name, secret.arn, values[secret.name] ?? templateValue(secret));
}

function templateValue({ value }: PlannedSecret): string | undefined {
  if (value === undefined) return undefined;
  return 'text' in value ? value.text : generate(value.generate);
}

/** As CloudFormation generates: a random text, or a JSON object that has it under one key. */
function generate({ SecretStringTemplate, GenerateStringKey, PasswordLength }: GenerateSecretString): string {
  const password = randomBytes(PasswordLength).toString('base64url').slice(0, PasswordLength);
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) return password;
  const base: unknown = JSON.parse(SecretStringTemplate);
  return JSON.stringify({ ...(typeof base === 'object' ? base : {}), [GenerateStringKey]: password });
}
