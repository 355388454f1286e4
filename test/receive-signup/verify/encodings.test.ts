import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  alphabets,
  decodeBase64,
  decodeCanonical,
  type Encoding,
} from '../../../lambdas/receive-signup/verify/encodings.ts';

const encodings: readonly Encoding[] = ['hex', 'hex-uppercase', 'base64', 'base64url'];
const encode = (bytes: Uint8Array, encoding: Encoding) =>
  encoding === 'hex-uppercase'
    ? Buffer.from(bytes).toString('hex').toUpperCase()
    : Buffer.from(bytes).toString(encoding);

test.each(encodings)('what %s writes is read', (encoding) => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 70 }), (bytes) => {
      expect(decodeCanonical(encode(bytes, encoding), encoding, bytes.length)).toEqual(Buffer.from(bytes));
    }),
  );
});

test.each(encodings)('the alphabet of %s is what it writes, and no separator beside it', (encoding) => {
  const written = Array.from({ length: 256 }, (_, byte) =>
    encode(new Uint8Array([byte, 255 - byte, byte]), encoding),
  ).join('');
  for (const character of written) expect(character).toMatch(alphabets[encoding]);
  for (const separator of ['.', ':', ',', ';', '|', ' ']) expect(separator).not.toMatch(alphabets[encoding]);
});

test.each(encodings)('one letter more, less or other in %s is other bytes or none, never the same', (encoding) => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 70 }),
      fc.nat(),
      fc.string({ unit: 'binary', maxLength: 2 }),
      (bytes, at, text) => {
        const right = encode(bytes, encoding);
        const position = at % right.length;
        const wrong = right.slice(0, position) + text + right.slice(position + 1);
        fc.pre(wrong !== right);
        const read = decodeCanonical(wrong, encoding, bytes.length);
        expect(read === undefined || !read.equals(Buffer.from(bytes))).toBe(true);
      },
    ),
  );
});

test.each(encodings)('the right spelling in %s of more bytes, or fewer, than are wanted is none', (encoding) => {
  for (const length of [31, 33, 64])
    expect(decodeCanonical(encode(Buffer.alloc(length, 7), encoding), encoding, 32)).toBeUndefined();
});

test('base64url may be padded, as Python writes it, or not', () => {
  expect(decodeCanonical('-_8=', 'base64url', 2)).toEqual(Buffer.from([0xfb, 0xff]));
  expect(decodeCanonical('-_8', 'base64url', 2)).toEqual(Buffer.from([0xfb, 0xff]));
  expect(decodeCanonical('-_8==', 'base64url', 2)).toBeUndefined();
});

test('base64 without padding is read where a length is unknown', () => {
  expect(decodeBase64('YQ')).toEqual(Buffer.from('a'));
  expect(decodeBase64('YQ==')).toEqual(Buffer.from('a'));
  expect(decodeBase64('YWI')).toEqual(Buffer.from('ab'));
  expect(decodeBase64('YWJj')).toEqual(Buffer.from('abc'));
  expect(['Y', 'YR', 'YQ=', 'YQ===', 'Y-==', 'YQ==\n'].map(decodeBase64)).toEqual(Array(6).fill(undefined));
});
