import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessRequest } from '../../../../infra/local/permissions/access-request.ts';
import { isAllowed } from '../../../../infra/local/permissions/evaluate.ts';
import { policyDocumentSchema } from '../../../../infra/local/permissions/policy.ts';

const table = 'arn:aws:dynamodb:r:a:table/ledger';
const statementsOf = (...statements: object[]) => policyDocumentSchema.parse({ Statement: statements }).Statement;
const put = (key: string, resource = table): AccessRequest => ({
  action: 'dynamodb:PutItem',
  resource,
  context: { 'dynamodb:leadingkeys': [key] },
});

const own = {
  Effect: 'Allow',
  Action: ['dynamodb:PutItem', 'dynamodb:GetItem'],
  Resource: table,
  Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['classroom#*'] } },
};

describe('a decision', () => {
  it('is no where there is no statement', () => {
    expect(isAllowed([], put('classroom#1'))).toBe(false);
  });

  const action = fc.constantFrom('dynamodb:PutItem', 'dynamodb:Scan', 'sqs:SendMessage');
  const resource = fc.constantFrom(table, `${table}/index/open`, 'arn:aws:sqs:r:a:queue');
  const anyRequest = fc.record({
    action,
    resource,
    context: fc.oneof(
      fc.constant({}),
      fc.constantFrom('classroom#1', 'courses#1').map((key) => ({ 'dynamodb:leadingkeys': [key] })),
    ),
  });
  const anyStatement = fc
    .record({
      Effect: fc.constantFrom('Allow', 'Deny'),
      Action: fc.oneof(action, fc.constantFrom('dynamodb:*', '*')),
      Resource: fc.oneof(resource, fc.constantFrom('*', `${table}*`)),
      Condition: fc.constantFrom({}, own.Condition, { StringEquals: { 'dynamodb:LeadingKeys': 'courses#1' } }),
    })
    .map((statement) => statementsOf(statement))
    .map(([statement]) => statement)
    .filter((statement) => statement !== undefined);
  const statements = fc.array(anyStatement, { maxLength: 5 });

  it('is no where one statement denies, whatever the others say and in whatever order they stand', () => {
    fc.assert(
      fc.property(statements, anyRequest, (some, request) => {
        const [deny] = statementsOf({ Effect: 'Deny', Action: request.action, Resource: request.resource });
        const all = deny === undefined ? some : [...some, deny];
        expect(isAllowed(all, request)).toBe(false);
        expect(isAllowed(all.toReversed(), request)).toBe(false);
      }),
    );
  });

  it('never turns to yes without an Allow, nor to no without a Deny', () => {
    fc.assert(
      fc.property(statements, anyRequest, fc.nat(), (some, request, at) => {
        const taken = some[at % Math.max(1, some.length)];
        const rest = some.filter((each) => each !== taken);
        if (taken?.Effect === 'Allow') expect(isAllowed(rest, request) && !isAllowed(some, request)).toBe(false);
        else expect(isAllowed(some, request) && !isAllowed(rest, request)).toBe(false);
      }),
    );
  });

  it('is no where no statement names both the action and the resource', () => {
    fc.assert(
      fc.property(statements, anyRequest, (some, request) => {
        const elsewhere = { ...request, action: 'kms:Decrypt', resource: 'arn:aws:kms:r:a:key/1' };
        const named = some.filter(({ Action, Resource }) => !Action.includes('*') && !Resource.includes('*'));
        expect(isAllowed(named, elsewhere)).toBe(false);
      }),
    );
  });
});

describe('the leading keys of a worker', () => {
  it('begin with its destination', () => {
    expect(isAllowed(statementsOf(own), put('classroom#shop.1'))).toBe(true);
    expect(isAllowed(statementsOf(own), put('courses#shop.1'))).toBe(false);
    expect(isAllowed(statementsOf(own), put('classroom-2#shop.1'))).toBe(false);
  });

  it('are of its table, not of the table’s index', () => {
    expect(isAllowed(statementsOf(own), put('classroom#1', `${table}/index/open`))).toBe(false);
  });

  it('say nothing where a call names none: ForAllValues holds', () => {
    expect(isAllowed(statementsOf(own), { ...put(''), context: {} })).toBe(true);
    const any = { ...own, Condition: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': '*' } } };
    expect(isAllowed(statementsOf(any), { ...put(''), context: {} })).toBe(false);
  });
});

describe('a condition', () => {
  const given = (Condition: object) => statementsOf({ Effect: 'Allow', Action: '*', Resource: '*', Condition });
  const request = (...values: string[]): AccessRequest => ({
    action: 'a:B',
    resource: 'arn:aws:a:::x',
    context: { k: values },
  });

  it.each([
    [{ StringEquals: { K: ['one', 'two'] } }, ['two'], true],
    [{ StringEquals: { K: 'o*' } }, ['one'], false],
    [{ StringLike: { K: 'o*' } }, ['one'], true],
    [{ StringNotEquals: { K: 'one' } }, ['one'], false],
    [{ StringNotEquals: { K: 'one' } }, [], true],
    [{ StringEquals: { K: 'one' } }, [], false],
    [{ StringEquals: { K: 'one' } }, ['one', 'one'], false],
    [{ 'ForAllValues:StringEquals': { K: 'one' } }, ['one', 'two'], false],
    [{ 'ForAnyValue:StringEquals': { K: 'one' } }, ['one', 'two'], true],
    [{ StringEquals: { K: 'one', L: 'two' } }, ['one'], false],
  ])('%j of %j is %s', (condition, values, holds) => {
    expect(isAllowed(given(condition), request(...values))).toBe(holds);
  });

  it.each([{ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }, { NotAction: 'sqs:*' }, { Principal: '*' }])(
    'or part that is not understood is an error, not a guess: %j',
    (part) => {
      expect(() => statementsOf({ Effect: 'Allow', Action: '*', Resource: '*', ...part })).toThrow();
    },
  );
});

it('compares actions without case and resources with it', () => {
  const statements = statementsOf({ Effect: 'Allow', Action: 'SQS:sendmessage', Resource: 'arn:aws:sqs:r:a:Queue' });
  expect(isAllowed(statements, { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:r:a:Queue', context: {} })).toBe(
    true,
  );
  expect(isAllowed(statements, { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:r:a:queue', context: {} })).toBe(
    false,
  );
});
