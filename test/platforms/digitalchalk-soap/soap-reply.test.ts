import { describe, expect, it } from 'vitest';
import { readBoolean, readReply } from '../../../lambdas/platforms/digitalchalk-soap/soap-reply.ts';

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const dc = 'http://digitalchalk.com/api/v4';
const envelope = (content: string) => `<s:Envelope xmlns:s="${soap}"><s:Body>${content}</s:Body></s:Envelope>`;
const answer = (content: string) => envelope(`<createUserResponse xmlns="${dc}">${content}</createUserResponse>`);
const fault = (content: string) => envelope(`<s:Fault><faultcode>s:Client</faultcode>${content}</s:Fault>`);

describe('a SOAP reply', () => {
  it('is read by its names, whatever its prefixes and its order', () => {
    const swapped = `<dc:Envelope xmlns:dc="${soap}"><dc:Header/><dc:Body><SOAP-ENV:createUserResponse xmlns:SOAP-ENV="${dc}"><SOAP-ENV:success>true</SOAP-ENV:success><SOAP-ENV:username>ada</SOAP-ENV:username></SOAP-ENV:createUserResponse></dc:Body></dc:Envelope>`;
    const plain = answer('<username>ada</username><success>true</success>');
    const fields = new Map(Object.entries({ username: 'ada', success: 'true' }));
    expect(readReply('createUser', swapped)).toEqual({ kind: 'answer', fields });
    expect(readReply('createUser', plain)).toEqual({ kind: 'answer', fields });
  });

  it.each([
    ['in faultstring', fault('<faultstring>No such key</faultstring>'), 'No such key'],
    ['in detail', fault('<faultstring/><detail><a xmlns="x">Too <b>short</b></a></detail>'), 'Too short'],
    ['in both', fault('<faultstring>Refused</faultstring><detail><x>Too short</x></detail>'), 'Refused: Too short'],
    ['the same in both', fault('<faultstring>Refused</faultstring><detail>Refused</detail>'), 'Refused'],
    ['nowhere', fault(''), ''],
    ['in pieces', fault('<faultstring/><faultstring> No</faultstring><faultstring>key </faultstring>'), 'No key'],
    ['between empty elements', fault('<detail>Too <a/><b> </b><c>short</c></detail>'), 'Too short'],
  ])('is a fault with its message %s', (_, xml, text) => {
    expect(readReply('createUser', xml)).toEqual({ kind: 'fault', text });
  });

  it.each([
    ['a field twice', answer('<success>true</success><success>false</success>')],
    [
      'another operation',
      envelope(`<doesUserExistResponse xmlns="${dc}"><exists>true</exists></doesUserExistResponse>`),
    ],
    ['another namespace', envelope('<createUserResponse><success>true</success></createUserResponse>')],
    ['nothing in its body', envelope('')],
    ['two bodies', answer('<success>true</success>').replace('<s:Body>', '<s:Body/><s:Body>')],
    ['two answers', envelope(`<createUserResponse xmlns="${dc}"/><createUserResponse xmlns="${dc}"/>`)],
    ['SOAP 1.2', answer('<success>true</success>').replace(soap, 'http://www.w3.org/2003/05/soap-envelope')],
    ['another root around its body', answer('<success>true</success>').replaceAll('s:Envelope', 's:Wrapper')],
    ['no envelope', `<createUserResponse xmlns="${dc}"><success>true</success></createUserResponse>`],
    ['its end cut off', answer('<success>true</success>').slice(0, -3)],
    ['everything twice', answer('<success>true</success>').repeat(2)],
  ])('with %s is unreadable, which is never success', (_, xml) => {
    expect(readReply('createUser', xml)).toMatchObject({ kind: 'unreadable' });
  });

  it.each([
    ['no envelope', `<createUserResponse xmlns="${dc}"></createUserResponse>`, 'the XML is no SOAP 1.1 envelope'],
    ['nothing in its body', envelope(''), 'the SOAP body has not exactly one element'],
    ['another operation', envelope('<a/>'), 'the SOAP body holds no createUserResponse'],
    ['a field twice', answer('<success/><success/>'), 'a field of the reply stands twice'],
  ])('with %s tells so', (_, xml, problem) => {
    expect(readReply('createUser', xml)).toEqual({ kind: 'unreadable', problem });
  });

  it.each([
    ['true', true],
    [' 1\n', true],
    ['false', false],
    ['0', false],
    ['', undefined],
    ['TRUE', undefined],
    ['yes', undefined],
    [undefined, undefined],
  ])('has the boolean %j read as %j', (text, value) => {
    expect(readBoolean(text)).toBe(value);
  });
});
