import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { paginateListTopics, SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientLimits } from '../../../lambdas/aws/clients.ts';
import type { CheckedConfig } from '../../checks/checked-config.ts';
import { stagesIn } from '../../config.ts';
import { recipientSecretName, tableName, topicName } from '../../constructs/names.ts';
import { type AwsClients, localAwsClients } from '../../local/aws-clients.ts';
import { account } from '../../local/template/world.ts';
import { readAskedStage } from '../asked-source.ts';
import { inWordsOfAws } from '../ledger/aws-errors.ts';
import { privateKeysIn } from '../recipient/private-keys-in.ts';
import { publicHalves } from '../recipient/public-halves.ts';
import { runningStack } from '../running-stack.ts';
import type { StackFile } from '../start/stack-file.ts';
import { ToolError } from '../tool-error.ts';

type Keys = CheckedConfig['recipients'][string];

/** A stage's results topic, in the cloud or on this machine, and what tools need around it. */
export interface ReachedTopic {
  /** For people: `prod`, or `the stack on this machine`. */
  readonly title: string;
  readonly config: CheckedConfig;
  readonly clients: Omit<AwsClients, 'destroy'>;
  readonly topicArn: string;
  readonly tableName: string;
  /** A queue's address, from what CreateQueue answered. */
  readonly queueUrl: (answered: string) => string;
}

/**
 * Reads `[STAGE] …` and lets a tool work on that stage's topic; without a stage, on that of the stack that runs on this machine.
 *
 * @param work gets the words after the stage; whether all went well
 * @throws ToolError where nothing runs here, or AWS does not let us
 */
export async function withTopic(
  words: readonly string[],
  work: (topic: ReachedTopic, words: readonly string[]) => Promise<boolean>,
): Promise<boolean> {
  const running = runningStack();
  const asked = await readAskedStage(words, running);
  const { stage, config } = asked;
  if (stage !== undefined)
    return inWordsOfAws(stage, async () => work(await deployedTopic(stage, config), asked.words));
  if (running === undefined)
    throw new ToolError(
      `No stack runs on this machine: start one with npm start, in another terminal, or name a stage first (there is ${stagesIn().join(', ')}).`,
    );
  const topic = await runningTopic(running, config);
  return inWordsOfAws(topic.title, () => work(topic, asked.words));
}

async function deployedTopic(stage: string, config: CheckedConfig): Promise<ReachedTopic> {
  const settings = { ...clientLimits, ...(config.region !== undefined && { region: config.region }) };
  // A receive waits for 20 seconds.
  const patient = { ...settings, requestHandler: { ...clientLimits.requestHandler, requestTimeout: 30_000 } };
  const clients = {
    sns: new SNSClient(settings),
    sqs: new SQSClient(patient),
    dynamodb: new DynamoDBClient(settings),
    secretsManager: new SecretsManagerClient(settings),
  };
  return {
    title: stage,
    config,
    clients,
    topicArn: await findTopic(clients.sns, stage),
    tableName: tableName(stage),
    queueUrl: (answered) => answered,
  };
}

async function findTopic(sns: SNSClient, stage: string): Promise<string> {
  for await (const { Topics = [] } of paginateListTopics({ client: sns }, {})) {
    const found = Topics.find(({ TopicArn }) => TopicArn?.endsWith(`:${topicName(stage)}`));
    if (found?.TopicArn !== undefined) return found.TopicArn;
  }
  throw new ToolError(
    `There is no topic ${topicName(stage)} in this account and region. Is ${stage} deployed, and is this its account?`,
  );
}

async function runningTopic(running: StackFile, config: CheckedConfig): Promise<ReachedTopic> {
  const { stage } = running;
  const clients = localAwsClients(running.endpoints, running.region);
  // Keys that were made up are known to the stack that made them up only.
  const recipients = Object.entries(config.recipients).map(async ([id, keys]): Promise<[string, Keys]> => {
    const own = await privateKeysIn(clients.secretsManager, recipientSecretName(stage, id));
    return [id, own === undefined ? keys : publicHalves(own)];
  });
  return {
    title: 'the stack on this machine',
    config: { ...config, stage, recipients: Object.fromEntries(await Promise.all(recipients)) },
    clients,
    topicArn: running.topicArn,
    tableName: running.tableName,
    // The embedded SQS answers with a host that does not resolve.
    queueUrl: (answered) => `${running.endpoints.sqs}/${account}/${answered.split('/').at(-1)}`,
  };
}
