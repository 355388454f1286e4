import { CreateTopicCommand, ListSubscriptionsCommand } from '@aws-sdk/client-sns';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { exampleEvents } from '../../../../infra/contract/example-events.ts';
import { type AwsClients, localAwsClients } from '../../../../infra/local/aws-clients.ts';
import { startQueuesAndTopics } from '../../../../infra/local/servers/queues-and-topics.ts';
import { hearEvents } from '../../../../infra/tools/listen/hear-events.ts';
import { readFilter } from '../../../../infra/tools/listen/read-filter.ts';
import { publishAgain } from '../../../../infra/tools/republish/publish-again.ts';
import { createPublish } from '../../../../lambdas/aws/topic.ts';

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
  await vi.waitFor(() => expect(heard.toSorted()).toEqual(expected.toSorted()), { timeout: 10_000 });
  await hearing.stop();
  expect((await clients.sqs.send(new ListQueuesCommand({}))).QueueUrls ?? []).toEqual([]);
  expect((await clients.sns.send(new ListSubscriptionsCommand({}))).Subscriptions ?? []).toEqual([]);
});

it('leaves nothing behind where it could not subscribe', async () => {
  const topic = { ...(await topicFor('other')), topicArn: `arn:aws:sns:${region}:000000000000:gone` };
  await expect(hearEvents(topic, { queueName: 'listening', filter: undefined }, () => undefined)).rejects.toThrow();
  expect((await clients.sqs.send(new ListQueuesCommand({}))).QueueUrls ?? []).toEqual([]);
});

it('takes no filter that is none', () => {
  expect(() => readFilter('failures')).toThrow(/is no filter[\s\S]*needs-a-person/);
  expect(() => readFilter('["failed"]')).toThrow(/is no filter/);
});
