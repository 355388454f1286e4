import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError } from '../../../infra/checks/mistakes.ts';
import { createMailerApp } from '../../../infra/welcome-mailer/app.ts';
import example from '../../../infra/welcome-mailer/example.json' with { type: 'json' };
import { checkMailerConfig } from '../../../infra/welcome-mailer/mailer-config.ts';
import { propertiesOf, resourcesOf, type Template } from '../synthesize.ts';

const resourceSchema = z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
const outputSchema = z.object({ Value: z.unknown(), Description: z.string() });

/** Synthesizes a mailer, in another account than its topic's; cdk-nag's findings would throw. */
function synthesize(json: object): Template {
  const folder = mkdtempSync(join(tmpdir(), 'matriculate-mailer-'));
  const code = join(folder, 'code');
  mkdirSync(code);
  writeFileSync(join(code, 'index.mjs'), 'export const handler = async () => undefined;\n');
  createMailerApp([checkMailerConfig('prod.json', json)], code, join(folder, 'cdk.out')).synth();
  const text = readFileSync(join(folder, 'cdk.out/matriculate-prod-welcome-mailer.template.json'), 'utf8');
  return z
    .object({ Resources: z.record(z.string(), resourceSchema), Outputs: z.record(z.string(), outputSchema) })
    .parse(JSON.parse(text));
}

const alerts = 'arn:aws:sns:eu-west-1:444455556666:mail-alerts';
const template = synthesize({ ...example, alerts, account: '444455556666', region: 'eu-west-1' });

const policySchema = z.object({
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({
        Sid: z.string().optional(),
        Effect: z.string(),
        Action: z.unknown(),
        Resource: z.unknown(),
        Principal: z.unknown().optional(),
        Condition: z.unknown().optional(),
      }),
    ),
  }),
});
const statements = (type: string) =>
  propertiesOf(template, type).flatMap((properties) => policySchema.parse(properties).PolicyDocument.Statement);

describe('a welcome mailer, in whatever account', () => {
  it('never forgets what was mailed: an event may be sent again after years', () => {
    expect(propertiesOf(template, 'AWS::DynamoDB::Table')).toEqual([
      expect.not.objectContaining({ TimeToLiveSpecification: expect.anything() }),
    ]);
  });

  it('subscribes its queue where the topic is, raw and filtered, with dead letters', () => {
    expect(propertiesOf(template, 'AWS::SNS::Subscription')).toEqual([
      {
        TopicArn: example.topic,
        Region: 'eu-central-1',
        Protocol: 'sqs',
        Endpoint: { 'Fn::GetAtt': ['Queue', 'Arn'] },
        RawMessageDelivery: true,
        FilterPolicy: { type: ['matriculate.account.created.v1', 'matriculate.account.existing.v1'] },
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } },
      },
    ]);
  });

  it('welcomes the learners of some destinations only, if it is told so', () => {
    const [subscription] = propertiesOf(
      synthesize({ ...example, destinations: ['classroom'] }),
      'AWS::SNS::Subscription',
    );
    expect(subscription?.FilterPolicy).toMatchObject({ destination: ['classroom'] });
  });

  it('lets this topic into its two queues, and nobody else', () => {
    const allowed = statements('AWS::SQS::QueuePolicy').filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toHaveLength(2);
    for (const statement of allowed)
      expect(statement).toMatchObject({
        Action: 'sqs:SendMessage',
        Principal: { Service: 'sns.amazonaws.com' },
        Condition: { ArnEquals: { 'aws:SourceArn': example.topic } },
      });
  });

  it('may do exactly this', () => {
    const table = statements('AWS::IAM::Policy').map(({ Sid, Action, Resource, Condition }) => [
      Sid,
      [Action].flat(),
      JSON.stringify(Resource),
      Condition,
    ]);
    const ses = '{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":ses:eu-west-1:444455556666:identity/';
    expect(table).toEqual([
      ['WriteItsLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], expect.stringContaining('MailerLog'), undefined],
      [
        'ReadEvents',
        ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        '{"Fn::GetAtt":["Queue","Arn"]}',
        undefined,
      ],
      [
        'ReadPrivateKeys',
        ['secretsmanager:GetSecretValue'],
        expect.stringContaining(
          ':secretsmanager:eu-west-1:444455556666:secret:matriculate/prod/recipients/mailer-??????',
        ),
        undefined,
      ],
      [
        'RememberMails',
        ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
        '{"Fn::GetAtt":["SentMails","Arn"]}',
        undefined,
      ],
      [
        'SendMail',
        ['ses:SendEmail'],
        `[${ses}welcome@academy.example"]]},${ses}academy.example"]]}]`,
        { StringEquals: { 'ses:FromAddress': 'welcome@academy.example' } },
      ],
    ]);
  });

  it('may use the configuration set that SES uses unasked, where the config names it', () => {
    const named = synthesize({ ...example, configurationSet: 'tracking' });
    expect(JSON.stringify(propertiesOf(named, 'AWS::IAM::Policy'))).toContain(':configuration-set/tracking"');
  });

  it('keeps what it can’t send for 14 days, and rings', () => {
    const { Queue, DeadLetters } = resourcesOf(template, 'AWS::SQS::Queue');
    expect(Queue?.Properties).toMatchObject({ VisibilityTimeout: 180, RedrivePolicy: { maxReceiveCount: 100 } });
    expect(DeadLetters?.Properties).toMatchObject({ MessageRetentionPeriod: 14 * 86_400, SqsManagedSseEnabled: true });
    expect(propertiesOf(template, 'AWS::CloudWatch::Alarm')).toMatchObject([
      { AlarmName: 'matriculate-prod-welcome-mailer-not-mailed', Threshold: 1, AlarmActions: [alerts] },
    ]);
  });
});

it('a mailer tells no stage’s topic of another account, which would not let its alarm in', () => {
  const elsewhere = { ...example, account: '444455556666' };
  expect(() => checkMailerConfig('prod.json', elsewhere)).toThrow(/alerts: is the account 111122223333’s/);
  expect(checkMailerConfig('prod.json', { ...elsewhere, alerts }).alerts).toBe(alerts);
  expect(checkMailerConfig('prod.json', { ...example, account: '111122223333' }).alerts).toBe(example.alerts);
});

it('a mailer’s config has every mistake told at once', () => {
  const wrong = { topic: 'arn:aws:sns:eu-central-1:111122223333:other', from: 'Academy', recipients: ['x'] };
  expect(() => checkMailerConfig('prod.json', wrong)).toThrow(ConfigError);
  expect(() => checkMailerConfig('prod.json', wrong)).toThrow(
    /topic: must be the ARN of a results topic[\s\S]*from: must be an address[\s\S]*recipients: is no key/,
  );
});

it('a mailer’s sender may have a name in any letters, and an address in ASCII alone', () => {
  const from = (text: string) => checkMailerConfig('prod.json', { ...example, from: text }).address;
  expect(from('Académie, Bücher <welcome@xn--bcher-kva.example>')).toBe('welcome@xn--bcher-kva.example');
  expect(() => from('Academy <welcome@bücher.example>')).toThrow(/from: must be an address in ASCII/);
});
