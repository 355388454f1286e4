import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutAddresses } from '../../lambdas/signups/without-addresses.ts';

test.each([
  ['The e-mail ada@example.com, is taken.', 'The e-mail [e-mail address], is taken.'],
  ['"Ada" <ada+x@example.com>, no', '"Ada" <[e-mail address]>, no'],
  ["duplicate key 'ada@example.com'", 'duplicate key [e-mail address]'],
  ["o'brien@example.com exists", '[e-mail address] exists'],
  ['ada@[192.0.2.1] and ådä@exämple.com', '[e-mail address] and [e-mail address]'],
  ['email=ada@example.com', '[e-mail address]'],
  ['password must have one of !@#', 'password must have one of !@#'],
  ['sold @ 5 a piece', 'sold @ 5 a piece'],
  ['HTTP 503', 'HTTP 503'],
  ['', ''],
])('%s', (words, expected) => {
  expect(withoutAddresses(words)).toBe(expected);
});

test('no address stays, whatever stands around it', () => {
  fc.assert(
    fc.property(fc.emailAddress(), fc.string(), fc.string(), (address, before, after) => {
      expect(withoutAddresses(`${before} ${address} ${after}`)).not.toContain(address);
    }),
  );
});

test('words without an at sign stay as they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (words) => {
      fc.pre(!words.includes('@'));
      expect(withoutAddresses(words)).toBe(words);
    }),
  );
});
