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

it('outlives the stack, except in dev', () => {
  const policies = (of: Template) =>
    new Set(
      Object.values(of.Resources).flatMap(({ Type, DeletionPolicy, UpdateReplacePolicy }) =>
        stateful.test(Type) ? [DeletionPolicy, UpdateReplacePolicy] : [],
      ),
    );
  expect(policies(template)).toEqual(new Set(['Retain']));
  expect(policies(synthesize(check(smallest, 'dev')).template)).toEqual(new Set(['Delete']));
});
