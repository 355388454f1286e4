import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaProblem } from '../../../lambdas/platforms/digitalchalk-soap/schema.ts';
import { type UserFields, writeRequest } from '../../../lambdas/platforms/digitalchalk-soap/soap-request.ts';
import { readXml } from '../../../lambdas/platforms/read-xml.ts';

const auth = { accessKey: 'key', timestamp: '2026-01-15T10:20:30Z', signature: 'c2ln' };
const user: UserFields = {
  tags: 'spring evening',
  passwordReset: 'true',
  password: 'pass',
  licenseAgreed: 'true',
  lastName: 'Lovelace',
  firstName: 'Ada',
  username: '',
  emailAddress: 'ada@example.com',
};

/** The operation's element inside the body. */
const payload = (body: string) => readXml(body).children[0]?.children[0];

const firstNameIn = (body: string) => payload(body)?.children[1]?.children.find((child) => child.name === 'firstName');

describe('a SOAP request', () => {
  it.each([
    ['doesUserExist', writeRequest('doesUserExist', auth, { username: 'ada' })],
    ['createUser', writeRequest('createUser', auth, { user })],
    ['registerUser', writeRequest('registerUser', auth, { offeringId: 'o1', username: 'ada' })],
    ['createAndRegisterUser', writeRequest('createAndRegisterUser', auth, { offeringId: 'o1', user })],
  ])('for %s fits the schema, in whatever order its fields were given', (operation, request) => {
    const element = payload(request.body);
    expect(element?.name).toBe(`${operation}Request`);
    expect(element && schemaProblem(element)).toBeUndefined();
  });

  it('is SOAP 1.1: text/xml in UTF-8 and an empty SOAPAction', () => {
    const { headers } = writeRequest('doesUserExist', auth, { username: 'ada' });
    expect(headers).toEqual({ 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""' });
  });

  it('sends a blank username as an empty element', () => {
    expect(writeRequest('createUser', auth, { user }).body).toContain('<username></username>');
  });

  it('carries any text character for character', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((value) => !/\p{Cc}/u.test(value));
    fc.assert(
      fc.property(text, (firstName) => {
        const { body } = writeRequest('createUser', auth, { user: { ...user, firstName } });
        expect(firstNameIn(body)?.text).toBe(firstName);
      }),
    );
  });

  it.each([
    ['& < > " \' ä 漢字 😀 ]]>'],
    ['<![CDATA[x]]></firstName><firstName><![CDATA[y]]>'],
    ['</firstName><evil/><firstName>'],
    ['{"$xml":"<evil/>"}'],
  ])('takes %s as a name and not as XML', (firstName) => {
    const { body } = writeRequest('createUser', auth, { user: { ...user, firstName } });
    expect(firstNameIn(body)?.text).toBe(firstName);
  });

  it('refuses an object where text belongs, which node-soap would write as raw XML', () => {
    const sneaked: UserFields = JSON.parse(JSON.stringify({ ...user, firstName: { $xml: '<evil/>' } }));
    expect(() => writeRequest('createUser', auth, { user: sneaked })).toThrow('the SOAP field firstName is no text');
  });
});
