import { expect, it } from 'vitest';
import { check, largest, smallest } from '../example-config.ts';
import { synthesize, type Template } from '../synthesize.ts';

const stateful = /^AWS::(KMS::Key|DynamoDB::Table|SNS::Topic|SQS::Queue|SecretsManager::Secret)$/;

const statefulIds = ({ Resources }: Template): string[] =>
  Object.entries(Resources)
    .flatMap(([id, { Type }]) => (stateful.test(Type) ? [`${id} ${Type}`] : []))
    .sort();

const { template } = synthesize(check(largest));

// Whoever changes one of these replaces what it holds, at the next deployment of everybody.
it('never changes the logical id of what holds something', () => {
  expect(statefulIds(template)).toEqual([
    'DeadLettersAcademy AWS::SQS::Queue',
    'DeadLettersClassroom AWS::SQS::Queue',
    'DestinationSecretAcademy AWS::SecretsManager::Secret',
    'DestinationSecretClassroom AWS::SecretsManager::Secret',
    'Key AWS::KMS::Key',
    'Ledger AWS::DynamoDB::Table',
    'LedgerSecret AWS::SecretsManager::Secret',
    'NotifyAlerts AWS::SNS::Topic',
    'PageAlerts AWS::SNS::Topic',
    'QueueAcademy AWS::SQS::Queue',
    'QueueClassroom AWS::SQS::Queue',
    'Results AWS::SNS::Topic',
    'SourceSecretOwnXsite AWS::SecretsManager::Secret',
    'SourceSecretShop AWS::SecretsManager::Secret',
    'StatusSecret AWS::SecretsManager::Secret',
  ]);
});

it('gives two ids that differ by a dash two logical ids', () => {
  const { preset } = smallest.sources.shop;
  const ids = statefulIds(synthesize(check({ ...smallest, sources: { 'a-1': { preset }, a1: { preset } } })).template);
  expect(ids.filter((id) => id.startsWith('SourceSecret'))).toHaveLength(2);
});

/** The policies of everything that CloudFormation is told to keep or to delete, `DeletionPolicy` and `UpdateReplacePolicy`. */
const policies = ({ Resources }: Template) =>
  new Set(
    Object.values(Resources).flatMap(({ DeletionPolicy, UpdateReplacePolicy }) =>
      DeletionPolicy === undefined && UpdateReplacePolicy === undefined
        ? []
        : [`${DeletionPolicy} ${UpdateReplacePolicy}`],
    ),
  );

it('outlives the stack, but not a deployment that makes it and fails, or the next would meet what is left', () => {
  expect(policies(template)).toEqual(new Set(['RetainExceptOnCreate Retain']));
});

it('goes with the stack in dev', () => {
  expect(policies(synthesize(check(smallest, 'dev')).template)).toEqual(new Set(['Delete Delete']));
});

it('says of everything that holds something whether it outlives the stack', () => {
  const unsaid = Object.entries(template.Resources).filter(
    ([, { Type, DeletionPolicy }]) =>
      (stateful.test(Type) || Type === 'AWS::Logs::LogGroup') && DeletionPolicy === undefined,
  );
  expect(unsaid).toEqual([]);
});
