import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { localAwsClients } from '../../../infra/local/aws-clients.ts';
import { SecretStore } from '../../../infra/local/secrets-manager/secret-store.ts';
import { startSecretsManager } from '../../../infra/local/secrets-manager/server.ts';
import { startDynamoDb } from '../../../infra/local/servers/dynamodb.ts';
import { startQueuesAndTopics } from '../../../infra/local/servers/queues-and-topics.ts';
import type { TimeLimits } from '../../../lambdas/provision-user/config.ts';
import { createIdTable } from '../../fixtures/id-table.ts';
import type { Ground } from '../ground.ts';
import { createHistory } from '../history.ts';
import { pollEmbedded } from './embedded-poller.ts';
import { createRealTime } from './real-time.ts';
import { recordedQueue, recordedSecrets, recordedTopic } from './recorded-clients.ts';
import { recordedTable } from './recorded-table.ts';

/** The services of the stack on this machine: SQS, SNS, DynamoDB and Secrets Manager. */
export interface EmbeddedServices {
  /** A ground of its own: a queue, a table, and secrets. */
  readonly ground: (timeLimits: TimeLimits) => Promise<Ground & { readonly stop: () => Promise<void> }>;
  readonly stop: () => Promise<void>;
}

const region = 'eu-central-1';

export async function startEmbedded(): Promise<EmbeddedServices> {
  const [dynamodb, messaging] = await Promise.all([startDynamoDb(), startQueuesAndTopics()]);
  const shared = { sqs: messaging.url, sns: messaging.url, dynamodb: dynamodb.url };
  let grounds = 0;

  async function ground({ visibilityMs, functionTimeoutMs }: TimeLimits) {
    const secrets = new SecretStore();
    const secretsManager = await startSecretsManager(secrets);
    const clients = localAwsClients({ ...shared, secretsmanager: secretsManager.url }, region);
    const name = `ground-${++grounds}`;
    const Attributes = { VisibilityTimeout: String(visibilityMs / 1000) };
    await clients.sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
    const { TopicArn: topicArn = '' } = await clients.sns.send(new CreateTopicCommand({ Name: name }));
    await createIdTable(clients.dynamodb, name);
    const queueUrl = `${messaging.url}/000000000000/${name}`;
    const stopping = new AbortController();
    const pollers: Promise<void>[] = [];
    let sent = 0;
    let active = 0;
    const waiting = () => sent - new Set(history.of('acknowledged').map(({ messageId }) => messageId)).size;
    const time = createRealTime(() => active === 0 && waiting() === 0);
    const history = createHistory(time.now);
    const table = recordedTable(clients.dynamodb, history);
    const made: Ground = {
      time,
      history,
      clientsFor: (environment) => ({
        dynamodb: table.clientFor(environment),
        table: name,
        sns: recordedTopic(clients.sns, environment, history),
        topicArn,
        secretsManager: recordedSecrets(clients.secretsManager, environment),
        sqs: recordedQueue(clients.sqs, environment),
        queueUrl,
      }),
      queue: {
        send: (text) => {
          sent++;
          void clients.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: text }));
        },
        waiting,
      },
      ledger: table.ledger,
      putSecret: (id, value) => {
        const text = JSON.stringify(value);
        const isThere = secrets.list().some((secret) => secret.name === id);
        if (!isThere) secrets.create(id, `arn:aws:secretsmanager:${region}:000000000000:secret:${id}-abcdef`);
        return secrets.put(id, text).id;
      },
      startPoller: (plan, batchSize, coldStart) => {
        const busy = (change: 1 | -1) => {
          active += change;
        };
        const parts = { sqs: clients.sqs, queueUrl, time, history, functionTimeoutMs, signal: stopping.signal, busy };
        pollers.push(pollEmbedded(parts, plan, batchSize, coldStart));
      },
    };
    const stop = async () => {
      stopping.abort();
      await Promise.all(pollers);
      clients.destroy();
      await secretsManager.close();
    };
    return { ...made, stop };
  }

  return {
    ground,
    stop: async () => {
      await Promise.all([dynamodb.close(), messaging.close()]);
    },
  };
}
