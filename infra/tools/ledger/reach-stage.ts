import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientLimits } from '../../../lambdas/aws/clients.ts';
import type { CheckedConfig } from '../../checks/checked-config.ts';
import { stagesIn } from '../../config.ts';
import * as names from '../../constructs/names.ts';
import { localAwsClients } from '../../local/aws-clients.ts';
import { readAskedStage } from '../asked-source.ts';
import { runningStack } from '../running-stack.ts';
import type { StackFile } from '../start/stack-file.ts';
import { ToolError } from '../tool-error.ts';
import { inWordsOfAws } from './aws-errors.ts';
import type { ReachedStage } from './reached-stage.ts';

/**
 * Reads `[STAGE] …` and lets a tool work on that stage; without a stage, on the stack that runs on this machine.
 *
 * @param work gets the words after the stage; whether all went well
 * @throws ToolError where nothing runs here, or AWS does not let us
 */
export async function withStage(
  words: readonly string[],
  work: (stage: ReachedStage, words: readonly string[]) => Promise<boolean>,
): Promise<boolean> {
  const running = runningStack();
  const asked = await readAskedStage(words, running);
  if (asked.stage !== undefined) {
    const stage = deployedStage(asked.config);
    return inWordsOfAws(stage.title, () => work(stage, asked.words));
  }
  if (running === undefined)
    throw new ToolError(
      `No stack runs on this machine: start one with npm start, in another terminal, or name a stage first (there is ${stagesIn().join(', ')}).`,
    );
  const stage = runningStage(running, asked.config);
  return inWordsOfAws(stage.title, () => work(stage, asked.words));
}

const routesOf = ({ sources }: CheckedConfig): ReachedStage['sources'] =>
  Object.fromEntries(Object.entries(sources).map(([id, { to }]) => [id, to.map(({ destination }) => destination)]));

/** What is deployed is found by its names; the account and its credentials are the shell's. */
function deployedStage(config: CheckedConfig): ReachedStage {
  const { stage, region } = config;
  const settings = { ...clientLimits, ...(region === undefined ? {} : { region }) };
  const sqs = new SQSClient(settings);
  const urls = new Map<string, Promise<string>>();
  const urlOf = (QueueName: string) => {
    const url =
      urls.get(QueueName) ?? sqs.send(new GetQueueUrlCommand({ QueueName })).then(({ QueueUrl = '' }) => QueueUrl);
    urls.set(QueueName, url);
    return url;
  };
  return {
    title: stage,
    word: ` ${stage}`,
    sources: routesOf(config),
    destinations: Object.keys(config.destinations),
    tableName: names.tableName(stage),
    dynamodb: new DynamoDBClient(settings),
    sqs,
    queueUrl: (destination) => urlOf(names.queueName(stage, destination)),
    deadLetterQueueUrl: (destination) => urlOf(names.deadLetterQueueName(stage, destination)),
  };
}

function runningStage(running: StackFile, config: CheckedConfig): ReachedStage {
  const { dynamodb, sqs } = localAwsClients(running.endpoints, running.region);
  const known = (urls: Readonly<Record<string, string>>) => async (destination: string) => {
    const url = urls[destination];
    if (url === undefined) throw new ToolError(`The stack on this machine has no queue of ${destination}.`);
    return url;
  };
  return {
    title: 'the stack on this machine',
    word: '',
    sources: routesOf(config),
    destinations: Object.keys(running.queueUrls),
    tableName: running.tableName,
    dynamodb,
    sqs,
    queueUrl: known(running.queueUrls),
    deadLetterQueueUrl: known(running.dlqUrls),
  };
}
