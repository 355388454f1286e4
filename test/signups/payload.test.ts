import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePayload, payloadLimitBytes } from '../../lambdas/signups/payload.ts';

const read = (body: string) => parsePayload(Buffer.from(body));

test.each(['{"a":1}', ' \r\n\t{"a":1}', '\ufeff{"a":1}', '\ufeff\n{"a":1}'])('%j is read as JSON', (body) => {
  expect(read(body)).toMatchObject({ ok: true, value: { a: 1 } });
});

test('a list is read as JSON', () => {
  expect(read('[1]')).toEqual({ ok: true, value: [1] });
});

test.each([
  ['a=1', { a: '1' }],
  ['e-mail%5Bat%5D=x', { 'e-mail': { at: 'x' } }],
  ['à=1', { à: '1' }],
  ['a&b={}', { a: '', b: '{}' }],
])('%j is read as a form', (body, value) => {
  expect(read(body)).toMatchObject({ ok: true, value });
});

test.each([
  ['XML', '<order id="1"/>'],
  ['a multipart body', '--x\r\nContent-Disposition: form-data; name="email"\r\n\r\nada@example.com\r\n--x--'],
  ['a sentence', 'the answer is a=1'],
  ['a JSON text', '"a=1"'],
  ['a number', '12'],
  ['a word', 'null'],
  ['nothing', ''],
])('%s is neither JSON nor a form, in words that say what each begins with', (_, body) => {
  expect(read(body)).toEqual({
    ok: false,
    message: 'is neither JSON, which begins with { or [, nor a form, which begins with a name and =',
    position: 1,
  });
});

test('JSON that is cut off stays JSON and says where it ends', () => {
  expect(read('{"email":"a=b')).toMatchObject({ ok: false, position: 14 });
});

test('bytes that are no UTF-8 are refused, not replaced', () => {
  expect(parsePayload(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]))).toMatchObject({
    ok: false,
    message: 'is not UTF-8',
  });
});

test('65,536 bytes are read and one more is not', () => {
  const body = (size: number) => `["${'x'.repeat(size - 4)}"]`;
  expect(read(body(payloadLimitBytes)).ok).toBe(true);
  expect(read(body(payloadLimitBytes + 1)).ok).toBe(false);
});

test('no bytes throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.string().map((text) => Buffer.from(`a=${text}`)),
      ),
      (body) => {
        expect(parsePayload(body)).toHaveProperty('ok');
      },
    ),
    { numRuns: 1000 },
  );
});
