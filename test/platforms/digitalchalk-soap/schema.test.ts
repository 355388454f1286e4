import { describe, expect, it } from 'vitest';
import { schemaProblem } from '../../../lambdas/platforms/digitalchalk-soap/schema.ts';
import { readXml } from '../../../lambdas/platforms/read-xml.ts';

const dc = 'http://digitalchalk.com/api/v4';
const auth = '<auth><accessKey>k</accessKey><timestamp>t</timestamp><signature>s</signature></auth>';
const request = (content: string, name = 'doesUserExistRequest') =>
  readXml(`<${name} xmlns="${dc}">${content}</${name}>`);
const user = (licenseAgreed: string) =>
  `<user><emailAddress/><username/><firstName/><lastName/><licenseAgreed>${licenseAgreed}</licenseAgreed><password/><passwordReset>0</passwordReset><tags/></user>`;

describe('the schema', () => {
  it.each([
    ['elements in order', request(`${auth}<username>ada</username>`)],
    ['xsi:type', request(`${auth}<username xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="string"/>`)],
    ['booleans as words and as digits', request(auth + user('true'), 'createUserRequest')],
  ])('accepts %s', (_, element) => {
    expect(schemaProblem(element)).toBeUndefined();
  });

  it.each([
    [
      'a wrong order',
      request(`<username/>${auth}`),
      'doesUserExistRequest must hold exactly, in this order: auth, username',
    ],
    ['a missing element', request(auth), 'doesUserExistRequest must hold exactly, in this order: auth, username'],
    [
      'an element too many',
      request(`${auth}<username/><x/>`),
      'doesUserExistRequest must hold exactly, in this order: auth, username',
    ],
    ['an unqualified element', request(`${auth}<username xmlns=""/>`), `username is not in the namespace ${dc}`],
    [
      'an unqualified root',
      readXml('<createUserRequest/>'.replace('/>', '></createUserRequest>')),
      `createUserRequest is not in the namespace ${dc}`,
    ],
    ['an unknown operation', request('', 'deleteUserRequest'), 'there is no element deleteUserRequest'],
    [
      'text between elements',
      request(`${auth}x<username/>`),
      'doesUserExistRequest must hold no text beside its elements',
    ],
    ['an element inside text', request(`${auth}<username><b/></username>`), 'username must hold text only'],
    ['xsi:nil', request(`${auth}<username xmlns:i="i" i:nil="true"/>`), 'username may have no attribute i:nil'],
    ['no boolean', request(auth + user('yes'), 'createUserRequest'), 'licenseAgreed must be true or false'],
  ])('refuses %s and says where', (_, element, problem) => {
    expect(schemaProblem(element)).toBe(problem);
  });
});
