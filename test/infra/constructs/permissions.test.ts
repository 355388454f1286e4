import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { check, largest } from '../example-config.ts';
import { propertiesOf, resourcesOf, synthesize } from '../synthesize.ts';

const statement = z.object({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: z.union([z.string(), z.array(z.string())]).transform((action) => [action].flat()),
  Resource: z.unknown(),
  Condition: z.unknown().optional(),
  Principal: z.unknown().optional(),
});
const policyDocument = z.object({ Statement: z.array(statement) });
const policySchema = z.object({ PolicyDocument: policyDocument, Roles: z.array(z.object({ Ref: z.string() })) });

const { template } = synthesize(check(largest));

/** `Key` for `{"Fn::GetAtt": ["Key", "Arn"]}`, `Results` for `{"Ref": "Results"}`; a log group without its hash. */
function short(resource: unknown): string {
  const text = JSON.stringify(resource);
  const [, id = text] = /^{"(?:Fn::GetAtt|Ref)":\[?"(\w+)"(?:,"Arn"\])?}$/.exec(text) ?? [];
  return id.replace(/Log[0-9A-F]{8}$/, 'Log');
}

/** Who may do what with what: each role's lines as `action resources [condition]`. */
const table = Object.fromEntries(
  propertiesOf(template, 'AWS::IAM::Policy').map((properties) => {
    const { PolicyDocument, Roles } = policySchema.parse(properties);
    const lines = PolicyDocument.Statement.flatMap(({ Effect, Action, Resource, Condition }) => {
      const resources = [Resource].flat().map(short).sort().join(' ');
      const condition = Condition === undefined ? '' : ` if ${JSON.stringify(Condition)}`;
      return Action.map((action) => `${Effect} ${action} on ${resources}${condition}`);
    });
    return [Roles.map(({ Ref }) => Ref.replace(/Role[0-9A-F]{8}$/, '')).join(), lines.sort()];
  }),
);

const worker = (destination: string, pascal: string) =>
  [
    `Allow dynamodb:DeleteItem on Ledger if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["${destination}#*"]}}`,
    `Allow dynamodb:GetItem on Ledger if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["${destination}#*"]}}`,
    `Allow dynamodb:PutItem on Ledger if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["${destination}#*"]}}`,
    'Allow kms:Decrypt on Key',
    'Allow kms:GenerateDataKey on Key',
    `Allow logs:CreateLogStream on Destination${pascal}WorkerLog`,
    `Allow logs:PutLogEvents on Destination${pascal}WorkerLog`,
    `Allow secretsmanager:GetSecretValue on DestinationSecret${pascal} LedgerSecret`,
    'Allow sns:Publish on Results',
    `Allow sqs:ChangeMessageVisibility on Queue${pascal}`,
    `Allow sqs:DeleteMessage on Queue${pascal}`,
    `Allow sqs:GetQueueAttributes on Queue${pascal}`,
    `Allow sqs:ReceiveMessage on Queue${pascal}`,
  ].sort();

it('allows each role exactly this', () => {
  expect(table).toEqual({
    FunctionsReceiveSignup: [
      'Allow kms:Decrypt on Key',
      'Allow kms:GenerateDataKey on Key',
      'Allow logs:CreateLogStream on FunctionsReceiveSignupLog',
      'Allow logs:PutLogEvents on FunctionsReceiveSignupLog',
      'Allow secretsmanager:GetSecretValue on SourceSecretOwnXsite SourceSecretShop StatusSecret',
      'Allow sqs:SendMessage on QueueAcademy QueueClassroom',
    ],
    FunctionsSignupStatus: [
      'Allow dynamodb:GetItem on Ledger',
      'Allow kms:Decrypt on Key',
      'Allow logs:CreateLogStream on FunctionsSignupStatusLog',
      'Allow logs:PutLogEvents on FunctionsSignupStatusLog',
      'Allow secretsmanager:GetSecretValue on StatusSecret',
    ],
    DestinationClassroomWorker: worker('classroom', 'Classroom'),
    DestinationAcademyWorker: worker('academy', 'Academy'),
  });
});

it('gives no role a managed policy or one of its own beside these', () => {
  const roles = propertiesOf(template, 'AWS::IAM::Role');
  expect(roles).toHaveLength(Object.keys(table).length);
  for (const role of roles) expect(Object.keys(role).sort()).toEqual(['AssumeRolePolicyDocument', 'Tags']);
});

it('has a role and a log group for each function', () => {
  const roles = propertiesOf(template, 'AWS::Lambda::Function').map(({ Role }) => short(Role));
  expect(new Set(roles).size).toBe(4);
  expect(propertiesOf(template, 'AWS::Logs::LogGroup').map(({ RetentionInDays }) => RetentionInDays)).toEqual(
    Array(5).fill(30),
  );
});

describe('a resource’s own policy', () => {
  const denyWithoutTls = expect.objectContaining({
    Effect: 'Deny',
    Principal: expect.anything(),
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
  const documents = (type: string) =>
    propertiesOf(template, type).map(({ PolicyDocument }) => policyDocument.parse(PolicyDocument).Statement);

  it('refuses whoever comes to a queue or a topic without TLS', () => {
    const all = [...documents('AWS::SQS::QueuePolicy'), ...documents('AWS::SNS::TopicPolicy')];
    expect(all).toHaveLength(4 + 3);
    for (const statements of all) expect(statements).toContainEqual(denyWithoutTls);
  });

  it('lets only named accounts subscribe to the results, and only queues', () => {
    const [results = []] = documents('AWS::SNS::TopicPolicy');
    expect(results.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      {
        Sid: 'NamedAccountsSubscribe',
        Effect: 'Allow',
        Action: ['sns:Subscribe'],
        Resource: { Ref: 'Results' },
        Principal: {
          AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:root']] },
        },
        Condition: { StringEquals: { 'sns:Protocol': 'sqs' } },
      },
    ]);
  });

  it('lets alarms of this account, and nobody else, publish alerts', () => {
    const [, ...alerts] = documents('AWS::SNS::TopicPolicy');
    for (const statements of alerts)
      expect(statements.filter(({ Effect }) => Effect === 'Allow')).toMatchObject([
        {
          Action: ['sns:Publish'],
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ]);
  });

  it('lets the account and its alarms use the key, action by action, and rotates it', () => {
    const { KeyPolicy, EnableKeyRotation } = resourcesOf(template, 'AWS::KMS::Key').Key?.Properties ?? {};
    expect(EnableKeyRotation).toBe(true);
    const [account, alarms, ...others] = policyDocument.parse(KeyPolicy).Statement;
    expect(others).toEqual([]);
    expect(account?.Action.filter((action) => action.includes('*'))).toEqual([]);
    expect(alarms).toMatchObject({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    });
  });
});
