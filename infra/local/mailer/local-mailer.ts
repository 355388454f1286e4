import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { createSentMails } from '../../../lambdas/aws/sent-mails.ts';
import type { PrivateKeys } from '../../../lambdas/subscriber/private-keys.ts';
import { createWelcomeMailer } from '../../../lambdas/welcome-mailer/handler.ts';
import type { SendMail } from '../../../lambdas/welcome-mailer/ports.ts';
import { recipientSecretName } from '../../constructs/names.ts';
import learnerHasAnAccount from '../../contract/filters/learner-has-an-account.json' with { type: 'json' };
import { privateKeysIn } from '../../tools/recipient/private-keys-in.ts';
import { type AwsClients, localAwsClients } from '../aws-clients.ts';
import { startEventSource } from '../event-source/event-source.ts';
import { openFunctionLog } from '../functions/function-log.ts';
import type { LocalStack } from '../local-stack.ts';
import { account } from '../template/world.ts';

export interface LocalMailerOptions {
  readonly send: SendMail;
  /** Where its log goes, as `welcome-mailer.log`. */
  readonly logs: string;
}

export interface LocalMailer {
  /** Its queue's address. */
  readonly queueUrl: string;
  readonly stop: () => Promise<void>;
}

/** As deployed: six times the function's time limit. */
const visibilitySeconds = 180;

/**
 * The welcome mailer on this machine: a queue subscribed to the stack's topic, the real handler on it, the recipients' keys from the stack's
 * Secrets Manager. It runs in this process, and hands its mails to `send` instead of SES.
 */
export async function startLocalMailer(stack: LocalStack, { send, logs }: LocalMailerOptions): Promise<LocalMailer> {
  const { config, endpoints, region, topicArn } = stack;
  const clients = localAwsClients(endpoints, region);
  const name = `matriculate-${config.stage}-welcome-mailer`;
  const table = `${name}-sent`;
  const queueArn = `arn:aws:sqs:${region}:${account}:${name}`;
  await clients.sqs.send(
    new CreateQueueCommand({ QueueName: name, Attributes: { VisibilityTimeout: String(visibilitySeconds) } }),
  );
  await clients.dynamodb.send(
    new CreateTableCommand({
      TableName: table,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await clients.sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: queueArn,
      Attributes: { RawMessageDelivery: 'true', FilterPolicy: JSON.stringify(learnerHasAnAccount) },
    }),
  );
  const log = openFunctionLog(logs, 'welcome-mailer');
  const handler = createWelcomeMailer({
    send,
    sentMails: createSentMails(clients.dynamodb, table, Date.now),
    keys: () => keysOf(stack, clients),
    log: (message, about) => log.line(JSON.stringify({ message, ...about })),
  });
  const mapping = {
    queueArn,
    functionName: name,
    enabled: true,
    batchSize: 10,
    windowMs: 0,
    reportsFailures: true,
    maximumConcurrency: 2,
  };
  const queueUrl = `${endpoints.sqs}/${account}/${name}`;
  const poller = startEventSource(mapping, queueUrl, clients.sqs, async (event) => ({
    ok: true,
    payload: JSON.stringify(await handler(event)),
  }));
  return {
    queueUrl,
    stop: async () => {
      await poller.stop();
      clients.destroy();
      log.close();
    },
  };
}

/** Every recipient's keys that are on this machine; the others' credentials are not for this mailer. */
async function keysOf({ config }: LocalStack, { secretsManager }: AwsClients): Promise<PrivateKeys> {
  const found = Object.keys(config.recipients).map(async (id) => [
    ...((await privateKeysIn(secretsManager, recipientSecretName(config.stage, id))) ?? []),
  ]);
  return new Map((await Promise.all(found)).flat());
}
