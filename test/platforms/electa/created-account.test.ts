import { describe, expect, test } from 'vitest';
import { createdAccount } from '../../../lambdas/platforms/electa/created-account.ts';
import { readReply } from '../../../lambdas/platforms/electa/reply.ts';
import { settings as electa } from '../../../lambdas/platforms/electa/settings.ts';
import { answered } from '../answered.ts';
import { signupWith } from '../vendor-call.ts';

const { replyNames } = electa.schema.parse({});

/** What comes of a document that holds these elements. */
function told(elements: Readonly<Record<string, string | string[]>>, signup = signupWith()) {
  const fields = Object.entries(elements).flatMap(([name, values]) =>
    [values].flat().map((value) => `<${name}>${value}</${name}>`),
  );
  const read = readReply(answered(`<r>${fields.join('')}</r>`), replyNames);
  if (read.kind !== 'document') throw new Error(`it is ${read.kind}`);
  return createdAccount(read, signup);
}

const email = 'ada@example.com';
const zero = { ResponseCode: '0' };

describe('an account was made', () => {
  test.each([{ UserId: '9041' }, { UserName: 'ada9041' }])('without a zero where address and %j are told', (more) => {
    expect(told({ Email: email, ...more }).kind).toBe('created');
    expect(told(more).kind).toBe('nobody-knows');
  });

  test('by the zero alone', () => {
    expect(told({ ...zero, UserType: 'STD' }).kind).toBe('created');
    expect(told({ Email: email }).kind).toBe('nobody-knows');
  });

  test.each([' ADA@Example.com ', ['eve@example.com', email]])('for the address %j', (address) => {
    expect(told({ ...zero, Email: address }).kind).toBe('created');
  });

  test.each([
    ['eve@example.com', email],
    ['strasse@example.com', 'straße@example.com'],
  ])('for somebody else where the reply says %s and the signup %s', (address, own) => {
    expect(told({ ...zero, Email: address }, signupWith({ email: own }))).toEqual({
      kind: 'nobody-knows',
      message: 'the reply speaks of another address than the one that was sent',
    });
  });
});

describe('its number', () => {
  test.each(['9041', ' 9041\n', '1'.repeat(20)])('is read in %j', (UserId) => {
    expect(told({ ...zero, UserId })).toMatchObject({ account: { userId: UserId.trim() } });
  });

  test.each(['x9041', '9041x', '90 41', '1'.repeat(21), '-1'])('is not read in %j, with a warning', (UserId) => {
    const result = told({ ...zero, UserId, UserName: 'ada', Password: 'k7', UserType: 'STD' });
    expect(result).toMatchObject({ account: { userId: undefined }, warning: 'the reply has no id that can be read' });
  });
});

test('half of the credentials are none, and the learner has to be helped', () => {
  const both = { UserName: 'ada', Password: 'k7' };
  const rest = { ...zero, UserId: '1', UserType: 'STD' };
  expect(told({ ...rest, ...both })).toMatchObject({
    credentials: { username: 'ada', password: 'k7' },
    warning: undefined,
  });
  for (const half of [{ UserName: 'ada' }, { Password: 'k7' }])
    expect(told({ ...rest, ...half })).toMatchObject({
      credentials: undefined,
      warning: expect.stringContaining('have them reset'),
    });
});

test('another role than was asked for is told, with the permissions that went with it', () => {
  const student = { ...zero, UserType: 'STD' };
  const notApplied = (fields: Record<string, unknown>) => told(student, signupWith(fields));
  expect(notApplied({})).toMatchObject({ notApplied: [] });
  expect(notApplied({ role: 'moderator' })).toMatchObject({ notApplied: ['role'] });
  expect(notApplied({ role: 'moderator', permissions: { CanCreateUsers: true } })).toMatchObject({
    notApplied: ['role', 'permissions'],
  });
});
