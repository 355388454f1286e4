import { describe, expect, it } from 'vitest';
import { sequenceOf } from '../../../lambdas/platforms/digitalchalk-soap/schema.ts';
import { operations, wsdlAt } from '../../../lambdas/platforms/digitalchalk-soap/wsdl.ts';
import { readXml } from '../../../lambdas/platforms/read-xml.ts';

const wsdl = wsdlAt('https://academy.example/dc?a=1&b="2"');

describe('the WSDL', () => {
  it.each([
    ['Auth', ['accessKey', 'timestamp', 'signature']],
    [
      'User',
      ['emailAddress', 'username', 'firstName', 'lastName', 'licenseAgreed', 'password', 'passwordReset', 'tags'],
    ],
    ['doesUserExistRequest', ['auth', 'username']],
    ['doesUserExistResponse', ['exists']],
    ['createUserRequest', ['auth', 'user']],
    ['createUserResponse', ['username', 'emailAddress', 'name', 'success']],
    ['registerUserRequest', ['auth', 'username', 'offeringId']],
    [
      'registerUserResponse',
      ['studentUsername', 'studentName', 'studentRegistrationId', 'offeringId', 'offeringTitle', 'success'],
    ],
    ['createAndRegisterUserRequest', ['auth', 'user', 'offeringId']],
    [
      'createAndRegisterUserResponse',
      ['studentUsername', 'studentName', 'studentRegistrationId', 'offeringId', 'offeringTitle', 'success'],
    ],
  ])('holds the elements of %s in the order of the sample XML', (name, elements) => {
    expect(sequenceOf(name)).toEqual(elements);
  });

  it('binds the four operations as document/literal with an empty SOAPAction', () => {
    const binding = readXml(wsdl).children.find((child) => child.name === 'binding');
    const bound = binding?.children.filter((child) => child.name === 'operation') ?? [];
    expect(bound.map((operation) => operation.attributes.name)).toEqual(operations);
    expect(bound.map((operation) => operation.children[0]?.attributes.soapAction)).toEqual(['', '', '', '']);
    expect(wsdl.match(/<soap:body use="literal"\/>/g)).toHaveLength(8);
    expect(wsdl).toContain('<soap:binding style="document"');
    expect(wsdl).toContain('elementFormDefault="qualified"');
  });

  it('names the address that it is asked to name', () => {
    const [port] = readXml(wsdl).children.find((child) => child.name === 'service')?.children ?? [];
    expect(port?.children[0]?.attributes.location).toBe('https://academy.example/dc?a=1&b="2"');
  });

  it('refers to nothing outside itself, so that nothing is fetched', () => {
    expect(wsdl).not.toMatch(/<\w+:(import|include)\b|schemaLocation/);
  });
});
