import type { SimulatedReply } from '../simulator/exchange.ts';
import type { HasVariant } from '../simulator/variants.ts';
import type { electaVariants } from './variants.ts';

type Has = HasVariant<typeof electaVariants>;

/** What the vendor tells of a new user, by the words of its documentation. */
export interface ToldUser {
  readonly companyId: string;
  readonly userType: string;
  readonly email: string;
  readonly name: string;
  readonly userId: string;
  readonly username: string;
  readonly password: string;
}

const tags = {
  documented: ['CompanyId', 'UserType', 'Email', 'Name', 'UserId', 'UserName', 'Password'],
  short: ['CID', 'UserType', 'Email', 'Name', 'UID', 'Username', 'Password'],
  plain: ['CompanyID', 'User_Type', 'EMail', 'Name', 'Id', 'LoginName', 'Password'],
  lower: ['companyid', 'usertype', 'email', 'name', 'userid', 'username', 'password'],
  upper: ['COMPANYID', 'USERTYPE', 'EMAIL', 'NAME', 'USERID', 'USERNAME', 'PASSWORD'],
} as const;

/** Writes the vendor's replies in each of the forms that its documentation leaves open. */
export function replyWriter(has: Has) {
  const spelling =
    (['documented', 'short', 'plain', 'lower', 'upper'] as const).find((name) => has('tags', name)) ?? 'documented';
  const spelled = (name: string) =>
    spelling === 'lower' ? name.toLowerCase() : spelling === 'upper' ? name.toUpperCase() : name;
  const text = textWriter(has);
  const element = (name: string, content: string) => `<${name}>${content}</${name}>`;
  const envelope = (code: string, data: string) =>
    element(spelled('Response'), element(spelled('ResponseCode'), code) + element(spelled('ResponseData'), data));

  function fieldsOf(user: ToldUser): (readonly [string, string])[] {
    const { companyId, userType, email, name, userId, username, password } = user;
    const told = has('userTypeTold', 'code') ? userType : (userTypeWords[userType] ?? userType);
    const values = [companyId, told, email, name, userId, username, password];
    const fields = tags[spelling].map((tag, index) => [tag, values[index] ?? ''] as const);
    return has('userId', 'told') ? fields : fields.filter((_, index) => index !== 4);
  }

  function createdDocument(user: ToldUser): string {
    const fields = fieldsOf(user);
    const elements = fields.map(([name, value]) => element(name, text(value))).join('');
    const attributes = fields.map(([name, value]) => ` ${name}="${escaped(value)}"`).join('');
    if (has('envelope', 'nested')) return envelope('0', element(spelled('User'), elements));
    if (has('envelope', 'flat')) return element(spelled('Response'), element(spelled('ResponseCode'), '0') + elements);
    if (has('envelope', 'bare-user')) return element(spelled('User'), elements);
    if (has('envelope', 'attributes')) return envelope('0', `<${spelled('User')}${attributes}></${spelled('User')}>`);
    return envelope('0', elements);
  }

  return {
    token: (token: string) => xml(200, has, envelope('0', token)),
    created: (user: ToldUser) => xml(200, has, createdDocument(user)),
    refused: (code: number, words: string): SimulatedReply => {
      const status = has('errorStatus', '200') ? 200 : 400;
      if (has('errors', 'bare-element')) return xml(status, has, element(spelled('ResponseCode'), String(code)));
      if (has('errors', 'bare-text')) return { status, headers: { 'content-type': 'text/plain' }, body: String(code) };
      return xml(status, has, envelope(String(code), text(words)));
    },
  };
}

const userTypeWords: Readonly<Record<string, string>> = {
  STD: 'Student',
  MDR: 'Teacher Moderator',
  ADM: 'Teacher Administrator',
};

function xml(status: number, has: Has, root: string): SimulatedReply {
  const laidOut = has('layout', 'indented') ? root.replaceAll('><', '>\r\n  <') : root;
  if (has('encoding', 'utf-16'))
    return {
      status,
      headers: { 'content-type': 'text/xml; charset=utf-16' },
      body: Buffer.from(`\ufeff<?xml version="1.0" encoding="utf-16"?>${laidOut}`, 'utf16le'),
    };
  if (has('encoding', 'undeclared')) return { status, headers: { 'content-type': 'text/xml' }, body: laidOut };
  const mark = has('encoding', 'utf-8-with-mark') ? '\ufeff' : '';
  return {
    status,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: `${mark}<?xml version="1.0" encoding="utf-8"?>\r\n${laidOut}`,
  };
}

const named: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };
const escaped = (value: string) => value.replaceAll(/[&<>"']/g, (character) => `&${named[character]};`);

/** How text stands in an element. */
function textWriter(has: Has): (value: string) => string {
  if (has('text', 'cdata')) return (value) => `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
  if (has('text', 'numeric'))
    return (value) =>
      Array.from(value, (character) =>
        /[a-z0-9@. ]/i.test(character) ? character : `&#x${character.codePointAt(0)?.toString(16)};`,
      ).join('');
  return escaped;
}
