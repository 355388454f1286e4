import { CreateTopicCommand, ListSubscriptionsCommand } from '@aws-sdk/client-sns';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { exampleEvents } from '../../../../infra/contract/example-events.ts';
import { type AwsClients, localAwsClients } from '../../../../infra/local/aws-clients.ts';
import { SecretStore } from '../../../../infra/local/secrets-manager/secret-store.ts';
import { startSecretsManager } from '../../../../infra/local/secrets-manager/server.ts';
import { startQueuesAndTopics } from '../../../../infra/local/servers/queues-and-topics.ts';
import { findKeys } from '../../../../infra/tools/listen/find-keys.ts';
import { hearEvents } from '../../../../infra/tools/listen/hear-events.ts';
import { readFilter } from '../../../../infra/tools/listen/read-filter.ts';
import { publishAgain } from '../../../../infra/tools/republish/publish-again.ts';
import { ToolError } from '../../../../infra/tools/tool-error.ts';
import { createPublish } from '../../../../lambdas/aws/topic.ts';
import { check, smallest } from '../../example-config.ts';

const region = 'eu-central-1';
let clients: AwsClients;
let url: string;
let close: () => Promise<void>;
beforeAll(async () => {
  const server = await startQueuesAndTopics();
  ({ url } = server);
  clients = localAwsClients({ sqs: url, sns: url, dynamodb: url, secretsmanager: url }, region);
  close = async () => {
    clients.destroy();
    await server.close();
  };
});
afterAll(() => close());

const topicFor = async (Name: string) => {
  const { TopicArn: topicArn = '' } = await clients.sns.send(new CreateTopicCommand({ Name }));
  const queueUrl = (answered: string) => `${url}/000000000000/${answered.split('/').at(-1)}`;
  return { clients, topicArn, queueUrl };
};

it.each([
  ['everything', undefined, () => true],
  ['a filter by its name', readFilter('needs-a-person'), (name: string) => /rejected|failed|unknown/.test(name)],
  ['a filter as JSON', readFilter('{"outcome": ["failed"]}'), (name: string) => name.includes('failed')],
])('hears %s, byte by byte, and leaves nothing behind', async (name, filter, isHeard) => {
  const topic = await topicFor(`heard-${name.replaceAll(' ', '-')}`);
  const heard: string[] = [];
  const hearing = await hearEvents(topic, { queueName: 'listening', filter }, (text) => void heard.push(text));
  await publishAgain(
    exampleEvents.map(({ text }) => text),
    createPublish(clients.sns, topic.topicArn),
  );
  const expected = exampleEvents.filter((example) => isHeard(example.name)).map(({ text }) => text);
  await expect.poll(() => heard.toSorted()).toEqual(expected.toSorted());
  await hearing.stop();
  expect((await clients.sqs.send(new ListQueuesCommand({}))).QueueUrls ?? []).toEqual([]);
  expect((await clients.sns.send(new ListSubscriptionsCommand({}))).Subscriptions ?? []).toEqual([]);
});

it('leaves nothing behind where it could not subscribe', async () => {
  const topic = { ...(await topicFor('other')), topicArn: `arn:aws:sns:${region}:000000000000:gone` };
  await expect(hearEvents(topic, { queueName: 'listening', filter: undefined }, () => undefined)).rejects.toThrow();
  expect((await clients.sqs.send(new ListQueuesCommand({}))).QueueUrls ?? []).toEqual([]);
});

it.each([
  ['a word that is no name', 'failures', /is no filter[\s\S]*needs-a-person/],
  ['a folder', 'infra', /"infra" is no filter/],
  ['a list', '["failed"]', /is no filter/],
  ['a value that is no list', '{"outcome": "failed"}', /outcome must be a list of values, such as/],
  ['an empty list', '{"source": ["shop"], "outcome": []}', /outcome must be a list of values/],
])('takes no filter that is none: %s', (_, word, message) => {
  expect(() => readFilter(word)).toThrow(ToolError);
  expect(() => readFilter(word)).toThrow(message);
});

it('says what SNS says of a filter that it does not take, and leaves nothing behind', async () => {
  const filter = readFilter('{"outcome": [{"wildcard": "a*b*c*d*e"}]}');
  const hearing = hearEvents(await topicFor('filtered'), { queueName: 'listening', filter }, () => undefined);
  await expect(hearing).rejects.toThrow(ToolError);
  await expect(hearing).rejects.toThrow(/^SNS does not take the filter .*: Invalid parameter: FilterPolicy/);
  expect((await clients.sqs.send(new ListQueuesCommand({}))).QueueUrls ?? []).toEqual([]);
});

it('takes no folder for the file of a recipient’s keys', async () => {
  const secretsManager = await startSecretsManager(new SecretStore());
  const { url } = secretsManager;
  const own = localAwsClients({ sqs: url, sns: url, dynamodb: url, secretsmanager: url }, region);
  onTestFinished(async () => {
    own.destroy();
    await secretsManager.close();
  });
  await expect(findKeys('infra', { config: check(smallest), clients: own })).rejects.toThrow(
    /no private keys of a recipient infra \(the config has mailer\)/,
  );
});
