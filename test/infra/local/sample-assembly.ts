import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type RunAssemblyOptions, type RunningAssembly, runAssembly } from '../../../infra/local/run-assembly.ts';

/** A stack as synth would write it, small enough to be read, with functions that do as their event tells them. */

/** Answers with the event that it got; `?do=` makes it misbehave. */
const api = `
export const handler = async (event, context) => {
  switch (event.queryStringParameters?.do) {
    case 'throw': throw new TypeError('told to throw');
    case 'exit': process.exit(3);
    case 'hang': return new Promise((resolve) => setTimeout(resolve, 60_000));
    case 'bare': return { plain: true };
    case 'odd': return { statusCode: 'none' };
    case 'cookies': return { statusCode: 204, headers: { 'X-Up': 1 }, cookies: ['a=1', 'b=2'] };
    case 'bytes': return { statusCode: 200, headers: { 'content-type': 'image/png' }, body: '/w==', isBase64Encoded: true };
    case 'environment': return { statusCode: 200, body: JSON.stringify({ ...process.env, pid: process.pid, flags: process.execArgv, cwd: process.cwd() }) };
    case 'context': return { statusCode: 200, body: JSON.stringify({ ...context, left: context.getRemainingTimeInMillis() }) };
    case 'log': console.log('a line from inside'); return { statusCode: 200 };
  }
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ event, pid: process.pid }) };
};
`;

/** Notes each batch in the log, and does with each record as its body says. */
const worker = `
export const handler = async (event) => {
  console.log('BATCH ' + JSON.stringify({ pid: process.pid, records: event.Records }));
  const bodies = event.Records.map(({ body }) => body);
  if (bodies.includes('throw')) throw new Error('told to throw');
  if (bodies.includes('wait')) await new Promise((resolve) => setTimeout(resolve, 60_000));
  if (bodies.some((body) => body.startsWith('slow'))) await new Promise((resolve) => setTimeout(resolve, 200));
  const failed = event.Records.filter(({ body }) => body.startsWith('fail'));
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};
`;

const broken = `throw new Error('no start');\nexport const handler = async () => 1;`;

export interface SampleSettings {
  readonly visibilitySeconds?: number;
  readonly maxReceiveCount?: number;
  readonly workerTimeoutSeconds?: number;
  readonly batchSize?: number;
  readonly maximumConcurrency?: number;
  /** What the functions' role allows on everything. */
  readonly allowed?: readonly string[];
}

const lambda = (name: string, asset: string, more: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: `sample-${name}`,
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    MemorySize: 256,
    Timeout: 3,
    Code: { S3Bucket: { 'Fn::Sub': `assets-\${AWS::AccountId}-\${AWS::Region}` }, S3Key: `${asset}.zip` },
    ...more,
  },
});

const route = (routeKey: string, name: string) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: {
    ApiId: { Ref: 'Api' },
    RouteKey: routeKey,
    Target: { 'Fn::Join': ['', ['integrations/', { Ref: `${name}Integration` }]] },
  },
});

const integration = (name: string, more: object = {}) => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: {
    IntegrationType: 'AWS_PROXY',
    PayloadFormatVersion: '2.0',
    IntegrationUri: { 'Fn::GetAtt': [name, 'Arn'] },
    ...more,
  },
});

export const sampleTemplate = (settings: SampleSettings = {}) => ({
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Policies: [
          {
            PolicyDocument: {
              Statement: [{ Effect: 'Allow', Action: settings.allowed ?? ['sqs:*', 'logs:*'], Resource: '*' }],
            },
          },
        ],
      },
    },
    DeadLetters: {
      Type: 'AWS::SQS::Queue',
      Properties: { QueueName: 'sample-work-dlq', MessageRetentionPeriod: 1_209_600 },
    },
    Work: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'sample-work',
        VisibilityTimeout: settings.visibilitySeconds ?? 1,
        RedrivePolicy: {
          deadLetterTargetArn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] },
          maxReceiveCount: settings.maxReceiveCount ?? 100,
        },
      },
    },
    Results: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'sample-results' } },
    Heard: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'sample-heard' } },
    Subscription: {
      Type: 'AWS::SNS::Subscription',
      Properties: {
        TopicArn: { Ref: 'Results' },
        Protocol: 'sqs',
        Endpoint: { 'Fn::GetAtt': ['Heard', 'Arn'] },
        RawMessageDelivery: true,
        FilterPolicy: { outcome: ['failed'] },
      },
    },
    Ledger: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'sample-ledger',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: ['id', 'openIn', 'openedAt'].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
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
      },
    },
    Filled: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'sample/filled', SecretString: '{}' } },
    Made: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: {
        Name: 'sample/made',
        GenerateSecretString: { SecretStringTemplate: '{}', GenerateStringKey: 'key', PasswordLength: 43 },
      },
    },
    Front: lambda('front', 'apihash', {
      Timeout: 2,
      Environment: {
        Variables: { QUEUE_URL: { Ref: 'Work' }, TOPIC_ARN: { Ref: 'Results' }, TABLE_NAME: { Ref: 'Ledger' } },
      },
    }),
    Broken: lambda('broken', 'brokenhash'),
    Worker: lambda('worker', 'workerhash', { Timeout: settings.workerTimeoutSeconds ?? 30 }),
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Work', 'Arn'] },
        FunctionName: { Ref: 'Worker' },
        BatchSize: settings.batchSize ?? 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: settings.maximumConcurrency ?? 2 },
      },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'sample', ProtocolType: 'HTTP' } },
    FrontIntegration: integration('Front'),
    SlowIntegration: integration('Front', { TimeoutInMillis: 300 }),
    BrokenIntegration: integration('Broken'),
    Post: route('POST /webhooks/{source}', 'Front'),
    Get: route('GET /signups/{id}', 'Front'),
    Impatient: route('GET /impatient', 'Slow'),
    Dead: route('GET /broken', 'Broken'),
  },
});

/** Writes the sample stack as synth would. */
export function writeSampleAssembly(folder: string, settings: SampleSettings = {}): void {
  const files: Record<string, string> = { apihash: api, workerhash: worker, brokenhash: broken };
  for (const [hash, code] of Object.entries(files)) {
    mkdirSync(join(folder, `asset.${hash}`), { recursive: true });
    writeFileSync(join(folder, `asset.${hash}`, 'index.mjs'), code);
  }
  const assets = Object.keys(files).map((hash) => [hash, { source: { path: `asset.${hash}`, packaging: 'zip' } }]);
  writeFileSync(join(folder, 'sample.template.json'), JSON.stringify(sampleTemplate(settings)));
  writeFileSync(join(folder, 'sample.assets.json'), JSON.stringify({ files: Object.fromEntries(assets) }));
}

/** Runs the sample stack until the caller's `stop`. */
export async function startSample(
  settings: SampleSettings = {},
  options: Partial<RunAssemblyOptions> = {},
): Promise<RunningAssembly> {
  const folder = mkdtempSync(join(tmpdir(), 'sample-stack-'));
  writeSampleAssembly(folder, settings);
  const logs = join(folder, 'logs');
  const stack = await runAssembly({ assembly: folder, region: 'eu-central-1', port: 0, logs, secrets: {}, ...options });
  const stop = async () => {
    await stack.stop();
    rmSync(folder, { recursive: true });
  };
  return { ...stack, stop };
}

/** Runs the sample stack until the end of the test that asks for it. */
export async function sampleForThisTest(settings: SampleSettings = {}): Promise<RunningAssembly> {
  const stack = await startSample(settings);
  onTestFinished(stack.stop);
  return stack;
}
