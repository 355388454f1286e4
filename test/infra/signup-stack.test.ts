import { describe, expect, it } from 'vitest';
import { check, largest, smallest } from './example-config.ts';
import { propertiesOf, resourcesOf, synthesize } from './synthesize.ts';

const { template } = synthesize(check(largest));
const dev = synthesize(check(smallest, 'dev')).template;
const days14 = 14 * 24 * 3600;

describe('the API', () => {
  it('has two doors', () => {
    expect(propertiesOf(template, 'AWS::ApiGatewayV2::Route').map(({ RouteKey }) => RouteKey)).toEqual([
      'POST /webhooks/{source}',
      'GET /signups/{id}',
    ]);
  });

  it('hands requests over in payload format 2.0', () => {
    for (const integration of propertiesOf(template, 'AWS::ApiGatewayV2::Integration'))
      expect(integration).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
  });

  it('is throttled, and logs neither query strings, headers nor bodies', () => {
    const [stage] = propertiesOf(template, 'AWS::ApiGatewayV2::Stage');
    expect(stage).toMatchObject({
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 },
    });
    const format = JSON.stringify(stage?.AccessLogSettings);
    expect(format).toContain('$context.path');
    expect(format).not.toMatch(/query|header|body|authorizer|rawPath/i);
  });

  it('answers under its own domain, where it has one', () => {
    expect(propertiesOf(template, 'AWS::ApiGatewayV2::DomainName')).toMatchObject([
      { DomainName: 'signups.academy.example', DomainNameConfigurations: [{ EndpointType: 'REGIONAL' }] },
    ]);
    expect(template.Outputs.WebhookUrlShop?.Value).toBe('https://signups.academy.example/webhooks/shop');
  });
});

describe('a destination', () => {
  const queues = resourcesOf(template, 'AWS::SQS::Queue');

  it('has a queue that outlasts everything, and a dead letter queue as a backstop', () => {
    expect(queues.QueueClassroom?.Properties).toMatchObject({
      QueueName: 'matriculate-prod-classroom',
      VisibilityTimeout: 360,
      MessageRetentionPeriod: days14,
      KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] },
      RedrivePolicy: { maxReceiveCount: 1000, deadLetterTargetArn: { 'Fn::GetAtt': ['DeadLettersClassroom', 'Arn'] } },
    });
    expect(queues.DeadLettersClassroom?.Properties).toMatchObject({
      QueueName: 'matriculate-prod-classroom-dlq',
      MessageRetentionPeriod: days14,
      KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] },
    });
    expect(Object.keys(queues)).toHaveLength(4);
  });

  it('is worked on in batches whose records are answered one by one', () => {
    expect(propertiesOf(template, 'AWS::Lambda::EventSourceMapping')).toMatchObject([
      {
        EventSourceArn: { 'Fn::GetAtt': ['QueueClassroom', 'Arn'] },
        BatchSize: 10,
        ScalingConfig: { MaximumConcurrency: 2 },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
      {
        EventSourceArn: { 'Fn::GetAtt': ['QueueAcademy', 'Arn'] },
        BatchSize: 4,
        ScalingConfig: { MaximumConcurrency: 5 },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    ]);
  });
});

describe('a function', () => {
  const functions = propertiesOf(template, 'AWS::Lambda::Function');

  it('runs Node 24 on arm64', () => {
    for (const settings of functions)
      expect(settings).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
  });

  it('is told where things are, and nothing secret', () => {
    const environments = functions.map(({ FunctionName, Environment }) => [FunctionName, Environment]);
    expect(Object.fromEntries(environments)).toEqual({
      'matriculate-prod-receive-signup': {
        Variables: {
          QUEUE_URLS: {
            'Fn::Join': [
              '',
              ['{"academy":"', { Ref: 'QueueAcademy' }, '","classroom":"', { Ref: 'QueueClassroom' }, '"}'],
            ],
          },
        },
      },
      'matriculate-prod-signup-status': { Variables: { TABLE_NAME: { Ref: 'Ledger' } } },
      'matriculate-prod-provision-classroom': {
        Variables: {
          TABLE_NAME: { Ref: 'Ledger' },
          TOPIC_ARN: { Ref: 'Results' },
          QUEUE_URL: { Ref: 'QueueClassroom' },
        },
      },
      'matriculate-prod-provision-academy': {
        Variables: { TABLE_NAME: { Ref: 'Ledger' }, TOPIC_ARN: { Ref: 'Results' }, QUEUE_URL: { Ref: 'QueueAcademy' } },
      },
    });
  });

  it('ends before its messages come back', () => {
    for (const { FunctionName, Timeout } of functions.filter(({ FunctionName: name }) =>
      `${name}`.includes('provision'),
    ))
      expect([FunctionName, Number(Timeout) * 6]).toEqual([FunctionName, 360]);
  });

  it('takes signups in with reserved concurrency only where the config says so', () => {
    const reserved = (functionsOf: typeof functions) =>
      functionsOf.flatMap(({ ReservedConcurrentExecutions: n }) => (n === undefined ? [] : [n]));
    expect(reserved(functions)).toEqual([100]);
    expect(reserved(propertiesOf(dev, 'AWS::Lambda::Function'))).toEqual([]);
  });
});

describe('a secret', () => {
  const secrets = propertiesOf(template, 'AWS::SecretsManager::Secret');

  it('is empty where a person fills it, and generated where nobody needs to know it', () => {
    const made = secrets.map(({ Name, SecretString, GenerateSecretString }) => [
      Name,
      SecretString ?? GenerateSecretString,
    ]);
    const generated = expect.objectContaining({
      GenerateStringKey: 'key',
      SecretStringTemplate: '{}',
      PasswordLength: 64,
    });
    expect(Object.fromEntries(made)).toEqual({
      'matriculate/prod/sources/shop': '{}',
      'matriculate/prod/sources/own-site': '{}',
      'matriculate/prod/destinations/classroom': '{}',
      'matriculate/prod/destinations/academy': '{}',
      'matriculate/prod/status': generated,
      'matriculate/prod/ledger': generated,
    });
  });
});

describe('the ledger', () => {
  it('is a table with one key, an index of what is open, expiry, and a way back', () => {
    expect(propertiesOf(template, 'AWS::DynamoDB::Table')).toMatchObject([
      {
        TableName: 'matriculate-prod-ledger',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'open',
            KeySchema: [
              { AttributeName: 'openIn', KeyType: 'HASH' },
              { AttributeName: 'openedAt', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
        DeletionProtectionEnabled: true,
      },
    ]);
  });

  it('can be deleted in dev', () => {
    expect(propertiesOf(dev, 'AWS::DynamoDB::Table')).toMatchObject([{ DeletionProtectionEnabled: false }]);
  });
});

it('prints what a person needs next', () => {
  expect(Object.keys(template.Outputs).sort()).toEqual([
    'ApiUrl',
    'DestinationSecretNameAcademy',
    'DestinationSecretNameClassroom',
    'DomainTarget',
    'LedgerTableName',
    'QueueUrlAcademy',
    'QueueUrlClassroom',
    'ResultsTopicArn',
    'SourceSecretNameOwnXsite',
    'SourceSecretNameShop',
    'WebhookUrlOwnXsite',
    'WebhookUrlShop',
  ]);
});

it('deploys when everything is retired, and takes nothing in', () => {
  const { template: last } = synthesize(
    check({
      ...smallest,
      sources: { shop: { ...smallest.sources.shop, retired: true } },
      destinations: { classroom: { ...smallest.destinations.classroom, retired: true } },
    }),
  );
  expect(JSON.stringify(resourcesOf(last, 'AWS::IAM::Policy'))).not.toContain('sqs:SendMessage');
  expect(Object.keys(resourcesOf(last, 'AWS::SQS::Queue'))).toHaveLength(2);
});

it('deploys with nobody to alert in dev', () => {
  const { alerts: _, ...rest } = smallest;
  const quiet = synthesize(check(rest, 'dev')).template;
  expect(propertiesOf(quiet, 'AWS::SNS::Topic')).toHaveLength(1);
});
