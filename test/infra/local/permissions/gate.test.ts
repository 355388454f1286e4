import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { PublishCommand } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type AwsClients, localAwsClients } from '../../../../infra/local/aws-clients.ts';
import type { RunningAssembly } from '../../../../infra/local/run-assembly.ts';
import { startSample } from '../sample-assembly.ts';

let stack: RunningAssembly;
let front: AwsClients;
let owner: AwsClients;
beforeAll(async () => {
  stack = await startSample();
  front = localAwsClients(stack.endpoints, stack.region, stack.functions.get('sample-front')?.accessKeyId);
  owner = localAwsClients(stack.endpoints, stack.region, 'AKIASOMEBODYELSE');
});
afterAll(async () => {
  front.destroy();
  owner.destroy();
  await stack.stop();
});

const topic = 'arn:aws:sns:eu-central-1:000000000000:sample-results';
const queueUrl = () => `${stack.endpoints.sqs}/000000000000/sample-heard`;

describe('a call that the function’s role does not allow', () => {
  it('fails as the service’s own SDK client tells it, naming the function, the action and the resource', async () => {
    const get = new GetItemCommand({ TableName: 'sample-ledger', Key: { id: { S: 'a' } } });
    await expect(front.dynamodb.send(get)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(
        /function:sample-front is not authorized to perform: dynamodb:GetItem on resource: \S+table\/sample-ledger/,
      ),
    });
    const secret = new GetSecretValueCommand({ SecretId: 'sample/filled' });
    await expect(front.secretsManager.send(secret)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const publish = new PublishCommand({ TopicArn: topic, Message: 'm' });
    await expect(front.sns.send(publish)).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
    expect(
      stack.permissions
        .refusals()
        .slice(-3)
        .map(({ who, operation }) => `${who} ${operation}`),
    ).toEqual(['sample-front GetItem', 'sample-front GetSecretValue', 'sample-front Publish']);
  });

  it('is noted as used where it is allowed', async () => {
    await front.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(), MessageBody: 'm' }));
    const { Messages } = await front.sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl(), WaitTimeSeconds: 1 }));
    expect(Messages?.[0]?.Body).toBe('m');
    expect(stack.permissions.uses('sample-front').map(({ action }) => action)).toEqual([
      'sqs:SendMessage',
      'sqs:ReceiveMessage',
    ]);
  });
});

it('takes every other access key for the owner’s of this machine', async () => {
  const { Messages } = await owner.sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl() }));
  expect(Messages).toBeUndefined();
});

it('lets nobody in whose call is signed for no service', async () => {
  const response = await fetch(stack.endpoints.sqs, {
    method: 'POST',
    headers: { 'x-amz-target': 'AmazonSQS.ListQueues' },
    body: '{}',
  });
  expect(response.status).toBe(400);
});

describe('a role without what Lambda does in the function’s name', () => {
  it.each([
    [
      ['logs:*', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      /sample-worker does not have permissions to call sqs:ReceiveMessage on/,
    ],
    [['sqs:*', 'logs:CreateLogStream'], /does not have permissions to call logs:PutLogEvents on/],
  ])('is told before anything runs: %j', async (allowed, words) => {
    await expect(startSample({ allowed })).rejects.toThrow(words);
  });
});

it('stands aside where only time is measured: nothing is between a function and the services, and nobody is refused', async () => {
  const ungated = await startSample({}, { withoutGate: true });
  onTestFinished(ungated.stop);
  const { accessKeyId } = ungated.functions.get('sample-front') ?? {};
  const clients = localAwsClients(ungated.endpoints, ungated.region, accessKeyId);
  onTestFinished(clients.destroy);
  expect(ungated.endpoints.dynamodb).not.toBe(ungated.endpoints.sqs);
  await clients.dynamodb.send(new GetItemCommand({ TableName: 'sample-ledger', Key: { id: { S: 'a' } } }));
  expect(ungated.permissions.refusals()).toEqual([]);
});
