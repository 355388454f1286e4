import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AwsClients, localAwsClients } from '../../../infra/local/aws-clients.ts';
import { type RunningAssembly, runAssembly } from '../../../infra/local/run-assembly.ts';
import { startSample } from './sample-assembly.ts';

let stack: RunningAssembly;
let clients: AwsClients;
beforeAll(async () => {
  stack = await startSample({}, { secrets: { 'sample/filled': '{"keys":["k"]}' } });
  clients = localAwsClients(stack.endpoints, stack.region);
});
afterAll(async () => {
  clients.destroy();
  await stack.stop();
});

const topicArn = 'arn:aws:sns:eu-central-1:000000000000:sample-results';
const publish = (Message: string, outcome: string) =>
  clients.sns.send(
    new PublishCommand({
      TopicArn: topicArn,
      Message,
      MessageAttributes: { outcome: { DataType: 'String', StringValue: outcome } },
    }),
  );
const receive = async (name: string) => {
  const QueueUrl = `${stack.endpoints.sqs}/000000000000/${name}`;
  const { Messages } = await clients.sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
  );
  return Messages?.map(({ Body }) => Body);
};

describe('what a template makes on this machine', () => {
  test("the template's own subscription hears what its filter lets through, raw", async () => {
    await publish('no', 'created');
    await publish('yes', 'failed');
    expect(await receive('sample-heard')).toEqual(['yes']);
  });

  test("anybody's queue can be subscribed to the topic with nothing but the SDK", async () => {
    await clients.sqs.send(new CreateQueueCommand({ QueueName: 'mine' }));
    const Endpoint = 'arn:aws:sqs:eu-central-1:000000000000:mine';
    const Attributes = { RawMessageDelivery: 'true' };
    await clients.sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint, Attributes }));
    await publish('<ü & 漢字 🎓>', 'created');
    expect(await receive('mine')).toEqual(['<ü & 漢字 🎓>']);
  });

  test('the table has its key, conditions and sparse index', async () => {
    const item = { id: { S: 'a' }, openIn: { S: 'classroom' }, openedAt: { S: '2026-11-22' } };
    const put = () =>
      clients.dynamodb.send(
        new PutItemCommand({ TableName: 'sample-ledger', Item: item, ConditionExpression: 'attribute_not_exists(id)' }),
      );
    await put();
    await expect(put()).rejects.toThrow('The conditional request failed');
    await clients.dynamodb.send(new PutItemCommand({ TableName: 'sample-ledger', Item: { id: { S: 'b' } } }));
    const { Items } = await clients.dynamodb.send(
      new QueryCommand({
        TableName: 'sample-ledger',
        IndexName: 'open',
        KeyConditionExpression: 'openIn = :d',
        ExpressionAttributeValues: { ':d': { S: 'classroom' } },
      }),
    );
    expect(Items).toEqual([item]);
  });

  test('a secret holds what the caller gives, else what the template says or has generated', async () => {
    const get = async (SecretId: string) =>
      (await clients.secretsManager.send(new GetSecretValueCommand({ SecretId }))).SecretString;
    expect(await get('sample/filled')).toBe('{"keys":["k"]}');
    expect(JSON.parse((await get('sample/made')) ?? '')).toEqual({ key: expect.stringMatching(/^.{43}$/) });
    const other = await startSample();
    expect(other.secrets.find('sample/filled').versions[0]?.text).toBe('{}');
    expect(other.secrets.find('sample/made').versions[0]?.text).not.toBe(await get('sample/made'));
    await other.stop();
  });

  test('a taken port is told by its code, and nothing is left running', async () => {
    const port = Number(new URL(stack.url).port);
    await expect(startSample({}, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('a folder without a template is told', async () => {
    const options = { assembly: import.meta.dirname, region: 'eu-central-1', port: 0, logs: '/tmp', secrets: {} };
    await expect(runAssembly(options)).rejects.toThrow('holds no *.template.json');
  });
});
