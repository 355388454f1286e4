import { describe, expect, it } from 'vitest';
import type { AwsCall } from '../../../../infra/local/permissions/aws-call.ts';
import { readCall, signerOf } from '../../../../infra/local/permissions/aws-call.ts';
import type { CalledResources } from '../../../../infra/local/permissions/called-resources.ts';
import { requestsOf } from '../../../../infra/local/permissions/requests-of.ts';

const world = { region: 'r', stackName: 's', sqs: 'http://sqs', api: 'http://api' };
const arn = (rest: string) => `arn:aws:${rest.replace(':', ':r:000000000000:')}`;
const key = arn('kms:key/1');
const resources: CalledResources = {
  world,
  partitionKeys: { ledger: 'id', 'ledger/index/open': 'openIn' },
  encryptedWith: { [arn('sqs:classroom')]: key, [arn('dynamodb:table/ledger')]: key },
};
const asked = (service: AwsCall['service'], operation: string, input: object) =>
  requestsOf({ service, operation, input: { ...input } }, resources)?.map(({ action, resource, context }) =>
    `${action} ${resource} ${Object.values(context).join()}`.trimEnd(),
  );

describe('a call asks for', () => {
  it.each([
    ['GetItem', { Key: { id: { S: 'classroom#1' } } }],
    ['DeleteItem', { Key: { id: { S: 'classroom#1' } } }],
    ['UpdateItem', { Key: { id: { S: 'classroom#1' } } }],
    ['PutItem', { Item: { id: { S: 'classroom#1' }, openIn: { S: 'x' } } }],
    [
      'Query',
      {
        KeyConditionExpression: '#i = :i',
        ExpressionAttributeNames: { '#i': 'id' },
        ExpressionAttributeValues: { ':i': { S: 'classroom#1' } },
      },
    ],
  ])('%s on the table, with its item’s partition key, and the table’s encryption key', (operation, input) => {
    expect(asked('dynamodb', operation, { TableName: 'ledger', ...input })).toEqual([
      `dynamodb:${operation} ${arn('dynamodb:table/ledger')} classroom#1`,
      `kms:Decrypt ${key}`,
    ]);
  });

  it('a query on an index by the index’s ARN and its own partition key', () => {
    const input = {
      KeyConditionExpression: 'openIn = :d AND openedAt > :t',
      ExpressionAttributeValues: { ':d': { S: 'classroom' }, ':t': { S: '2026' } },
    };
    expect(asked('dynamodb', 'Query', { TableName: 'ledger', IndexName: 'open', ...input })).toEqual([
      `dynamodb:Query ${arn('dynamodb:table/ledger/index/open')} classroom`,
      `kms:Decrypt ${key}`,
    ]);
  });

  it('nothing that could be granted, where its items can’t be told', () => {
    expect(asked('dynamodb', 'BatchGetItem', { RequestItems: { ledger: {} } })).toBeUndefined();
    expect(asked('dynamodb', 'PutItem', { TableName: 'ledger', Item: {} })).toBeUndefined();
    expect(asked('dynamodb', 'Query', { TableName: 'ledger', KeyConditionExpression: 'nonsense' })).toBeUndefined();
  });

  it('a send with the making and reading of the queue’s data key, one message or many', () => {
    for (const operation of ['SendMessage', 'SendMessageBatch'])
      expect(asked('sqs', operation, { QueueUrl: 'http://127.0.0.1:1/000000000000/classroom' })).toEqual([
        `sqs:SendMessage ${arn('sqs:classroom')}`,
        `kms:GenerateDataKey ${key}`,
        `kms:Decrypt ${key}`,
      ]);
  });

  it('a delete alone, where no message is read', () => {
    expect(asked('sqs', 'DeleteMessageBatch', { QueueUrl: 'http://x/1/classroom' })).toEqual([
      `sqs:DeleteMessage ${arn('sqs:classroom')}`,
    ]);
  });

  it('a publish by the topic’s ARN', () => {
    expect(asked('sns', 'Publish', { TopicArn: arn('sns:results') })).toEqual([`sns:Publish ${arn('sns:results')}`]);
  });

  it('a secret by the ARN with its six characters, whether named or not', () => {
    const [byName = ''] = asked('secretsmanager', 'GetSecretValue', { SecretId: 'a/b' }) ?? [];
    expect(byName).toMatch(
      /^secretsmanager:GetSecretValue arn:aws:secretsmanager:r:000000000000:secret:a\/b-[0-9a-f]{6}$/,
    );
    expect(asked('secretsmanager', 'GetSecretValue', { SecretId: byName.split(' ')[1] })).toEqual([byName]);
  });
});

describe('a request of an SDK', () => {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=AKIA1/20261122/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00';

  it('says who signed it, and for which service', () => {
    expect(signerOf({ authorization })).toEqual({ accessKeyId: 'AKIA1', service: 'dynamodb' });
    expect(signerOf({})).toBeUndefined();
    expect(signerOf({ authorization: authorization.replace('dynamodb', 's3') })).toBeUndefined();
  });

  it('is read in the service’s protocol', () => {
    const target = { 'x-amz-target': 'DynamoDB_20120810.GetItem' };
    expect(readCall('dynamodb', target, Buffer.from('{"TableName":"t"}'))).toEqual({
      service: 'dynamodb',
      operation: 'GetItem',
      input: { TableName: 't' },
    });
    expect(readCall('sns', {}, Buffer.from('Action=Publish&TopicArn=a%3Ab&Version=1'))).toMatchObject({
      operation: 'Publish',
      input: { TopicArn: 'a:b' },
    });
  });

  it('is none where it can’t be read', () => {
    expect(readCall('sqs', {}, Buffer.from('{}'))).toBeUndefined();
    expect(readCall('sqs', { 'x-amz-target': 'AmazonSQS.SendMessage' }, Buffer.from('{'))).toBeUndefined();
    expect(readCall('sns', {}, Buffer.from(''))).toBeUndefined();
  });
});
