import { afterAll, describe, expect, it } from 'vitest';
import { accountCalls } from '../../../lambdas/platforms/digitalchalk-soap/account-calls.ts';
import { settings } from '../../../lambdas/platforms/digitalchalk-soap/settings.ts';
import type { Operation } from '../../../lambdas/platforms/digitalchalk-soap/wsdl.ts';
import { startAnsweringVendor } from '../answering-vendor.ts';
import { callWith, signupWith } from '../vendor-call.ts';

const vendor = await startAnsweringVendor();
afterAll(() => vendor.close());

/** The calls of a vendor that answers this operation, and every other one, with these fields. */
function facing(operation: Operation, fields: Readonly<Record<string, string>>) {
  const told = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`);
  const response = `<${operation}Response xmlns="http://digitalchalk.com/api/v4">${told.join('')}</${operation}Response>`;
  const body = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${response}</e:Body></e:Envelope>`;
  vendor.answerWith({ status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body });
  const endpoint = { url: vendor.url, keys: { accessKey: 'access', secretKey: 'secret' }, now: () => 0 };
  return accountCalls(endpoint, settings.schema.parse({}));
}
const created = (fields: Readonly<Record<string, string>>, email = 'ada@example.com') =>
  facing('createUser', { success: 'true', ...fields }).createAccount(callWith(signupWith({ email })));

describe('an account was made', () => {
  it.each([{}, { emailAddress: ' ' }, { emailAddress: ' ADA@Example.com ' }])(
    'where the reply has %j',
    async (told) => {
      expect(await created(told)).toMatchObject({ kind: 'created' });
    },
  );

  it.each([
    ['eve@example.com', 'ada@example.com'],
    ['strasse@example.com', 'straße@example.com'],
  ])('for somebody else where the reply says %s and the signup %s', async (emailAddress, email) => {
    expect(await created({ emailAddress }, email)).toEqual({
      kind: 'nobody-knows',
      message: "the vendor's reply can't be read: it speaks of another address than the one that was sent",
    });
  });

  it.each([
    [{}, undefined],
    [{ username: ' ' }, undefined],
    [{ username: ' ada ' }, 'ada'],
  ])('under the username that %j tells: %j', async (told, username) => {
    expect(await created(told)).toEqual({ kind: 'created', account: { username }, notApplied: [] });
  });
});

it('no account is made, and nobody asked, without a password', async () => {
  const before = vendor.asked();
  const { createAccount } = facing('createUser', { success: 'true' });
  expect(await createAccount({ ...callWith(signupWith()), password: null })).toEqual({
    kind: 'rejected',
    message: 'DigitalChalk makes no account without a password',
  });
  expect(vendor.asked()).toBe(before);
});

it('a probe asks for a login that nobody can have (RFC 2606)', async () => {
  const { probe } = facing('doesUserExist', { exists: 'false' });
  expect(await probe(AbortSignal.timeout(5000))).toEqual({ kind: 'accepted' });
  expect(vendor.asked()).toMatch(/<(\w+:)?username>[\w-]+@example\.invalid</);
});

it('a registration is the account’s, too', async () => {
  const { register } = facing('registerUser', { success: 'true' });
  const call = { ...callWith(signupWith()), offering: 'course-1', account: {} };
  expect(await register(call)).toMatchObject({ kind: 'registered' });
});
