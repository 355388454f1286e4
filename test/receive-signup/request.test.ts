import { expect, test } from 'vitest';
import { bodyLimit, readRequest } from '../../lambdas/receive-signup/request.ts';

const json = { 'content-type': 'application/json' };

test('two spellings of one header are a header that came twice', () => {
  const read = readRequest({
    headers: { ...json, 'X-Sig': 'a', 'x-sig': 'b', 'X-SIG': undefined },
    isBase64Encoded: false,
  });
  expect(read.kind === 'request' && read.request.headers.get('x-sig')).toBe('a,b');
});

test('text and base64 of the same bytes are the same request', () => {
  const text = '{"name":"Löwe 🦁"}';
  const plain = readRequest({ headers: json, body: text, isBase64Encoded: false });
  const encoded = readRequest({ headers: json, body: Buffer.from(text).toString('base64'), isBase64Encoded: true });
  expect(plain).toEqual(encoded);
  expect(plain.kind === 'request' && Buffer.from(plain.request.body).toString()).toBe(text);
});

test('no body is an empty one', () => {
  const read = readRequest({ headers: json, isBase64Encoded: false });
  expect(read.kind === 'request' && read.request.body.byteLength).toBe(0);
});

test.each([bodyLimit - 1, bodyLimit, bodyLimit + 1, bodyLimit + 2])(
  'the size of %d encoded bytes is known without decoding them',
  (size) => {
    const body = Buffer.alloc(size).toString('base64');
    expect(readRequest({ headers: json, body, isBase64Encoded: true }).kind).toBe(
      size > bodyLimit ? 'too-large' : 'request',
    );
  },
);
