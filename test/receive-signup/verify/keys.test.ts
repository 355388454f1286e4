import { expect, test } from 'vitest';
import { type KeyEncoding, readKey } from '../../../lambdas/receive-signup/verify/keys.ts';
import { verifierFor } from '../../../lambdas/receive-signup/verify/schemes.ts';

const encodings: readonly KeyEncoding[] = ['text', 'html-text', 'base64', 'hex', 'whsec'];

test.each(encodings)('an empty key is none (%s)', (encoding) => {
  for (const text of ['', ' ', '\n\t', '\u00a0']) expect(readKey(text, encoding)).toEqual({ problem: 'is empty' });
});

test.each(encodings)('white space around a key is told, since it is a slip in pasting (%s)', (encoding) => {
  expect(readKey('MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3\n', encoding)).toEqual({
    problem: 'begins or ends with white space',
  });
});

const base64 = (length: number) => Buffer.alloc(length, 7).toString('base64');

test('Standard Webhooks wants 24 to 64 bytes, with whsec_ before them or without', () => {
  expect(readKey(`whsec_${base64(24)}`, 'whsec')).toEqual({ bytes: Buffer.alloc(24, 7) });
  expect(readKey(base64(64), 'whsec')).toEqual({ bytes: Buffer.alloc(64, 7) });
  expect(readKey(base64(23), 'whsec')).toEqual({ problem: 'has 23 bytes, and Standard Webhooks wants 24 to 64' });
  expect(readKey(`whsec_${base64(65)}`, 'whsec')).toHaveProperty('problem');
  expect(readKey('whsec_', 'whsec')).toEqual({ problem: 'is no base64' });
});

test.each<[KeyEncoding, string]>([
  ['base64', 'no base64!'],
  ['base64', '===='],
  ['hex', 'abc'],
  ['hex', 'xy'],
  ['whsec', 'whsec_no base64'],
])('as %s, %j is no key', (encoding, text) => {
  expect(readKey(text, encoding)).toEqual({ problem: encoding === 'hex' ? 'is no hex' : 'is no base64' });
});

test('a key as text is what it says; as text of HTML its five special characters are what they mean', () => {
  const entities =
    '&quot;&lt;&gt;&amp;&#34;&#39;&#60;&#62;&#38;&#039;&#x22;&#X27;&#x3c;&#x3E;&#x26;&apos;&#65;&amp;lt;';
  expect(readKey(entities, 'text')).toEqual({ bytes: Buffer.from(entities) });
  expect(readKey(entities, 'html-text')).toEqual({ bytes: Buffer.from(`"<>&"'<>&'"'<>&&apos;&#65;&lt;`) });
});

test('a hex key may be in capitals', () => {
  expect(readKey('0AfF', 'hex')).toEqual({ bytes: Buffer.from([0x0a, 0xff]) });
});

test('Basic credentials need a user and a password', () => {
  const { readKey: read } = verifierFor({ scheme: 'basic' });
  for (const text of ['user', 'user:', ':password', ':user:password', ':', ''])
    expect(read(text)).toEqual({ problem: 'is not user:password, or has an empty half' });
  expect(read('user:pass:word')).toEqual({ bytes: Buffer.from('user:pass:word') });
});
