import { expect, test } from 'vitest';
import { replyText } from '../../lambdas/platforms/vendor-text.ts';

const text = '<?xml version="1.0" encoding="ENCODING"?><a>Zoë</a>';
const declared = (encoding: string) => text.replace('ENCODING', encoding);
const utf16be = (value: string) => Buffer.from(value, 'utf16le').swap16();

const readable: [string, string | null, Uint8Array, string][] = [
  ['UTF-8 by default', null, Buffer.from('Zoë'), 'Zoë'],
  ['UTF-8 by the mark, against the header', 'text/xml; charset=latin1', Buffer.from('\ufeffZoë'), 'Zoë'],
  ['UTF-16 by its mark', 'text/xml', Buffer.from('\ufeffZoë', 'utf16le'), 'Zoë'],
  ['big-endian UTF-16 by its mark', 'text/xml', utf16be('\ufeffZoë'), 'Zoë'],
  ['Latin-1 by the header', 'text/xml; Charset="ISO-8859-1"', Buffer.from('Zoë', 'latin1'), 'Zoë'],
  ['Latin-1 by the declaration', 'text/xml', Buffer.from(declared('iso-8859-1'), 'latin1'), declared('iso-8859-1')],
  ['the header wins over the declaration', 'a/b;charset=utf-8', Buffer.from(declared('latin1')), declared('latin1')],
  ['a declaration of UTF-16 in UTF-8', 'text/xml', Buffer.from(declared('utf-16')), declared('utf-16')],
];
test.each(readable)('%s', (_, contentType, body, expected) => {
  expect(replyText(contentType, body)).toBe(expected);
});

const unreadable: [string, string | null, Uint8Array][] = [
  ['Latin-1 that is said to be UTF-8', 'text/xml; charset=utf-8', Buffer.from('Zoë', 'latin1')],
  ['Latin-1 that says nothing', null, Buffer.from('Zoë', 'latin1')],
  ['a charset that nobody knows', 'text/xml; charset=klingon', Buffer.from('a')],
  ['half of a character at the end', null, Buffer.from('Zoë').subarray(0, 3)],
];
test.each(unreadable)('%s can not be read', (_, contentType, body) => {
  expect(replyText(contentType, body)).toBeNull();
});
