import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePayload, payloadLimitBytes } from '../../lambdas/signups/payload.ts';

const read = (body: string, type: string) => parsePayload(Buffer.from(body), type);

test.each(['application/json', 'APPLICATION/JSON; charset=utf-8', 'application/cloudevents+json', 'text/plain', ''])(
  'a body of type %j is read as JSON',
  (type) => {
    expect(read('{"a":1}', type)).toMatchObject({ ok: true, value: { a: 1 } });
  },
);

test('a form is read as a form', () => {
  expect(read('a=1', 'application/x-www-form-urlencoded; charset=UTF-8')).toMatchObject({
    ok: true,
    value: { a: '1' },
  });
});

test.each(['multipart/form-data', 'application/xml', 'text/html'])('a body of type %s is refused', (type) => {
  expect(read('{}', type)).toMatchObject({ ok: false, message: 'is neither JSON nor a form by its content type' });
});

test('bytes that are no UTF-8 are refused, not replaced', () => {
  expect(parsePayload(Buffer.from([0x22, 0xff, 0x22]), 'application/json')).toMatchObject({
    ok: false,
    message: 'is not UTF-8',
  });
});

test('a byte order mark is no part of the payload', () => {
  expect(parsePayload(Buffer.from([0xef, 0xbb, 0xbf, 0x31]), 'application/json')).toEqual({ ok: true, value: 1 });
});

test('65,536 bytes are read and one more is not', () => {
  const body = (size: number) => `"${'x'.repeat(size - 2)}"`;
  expect(read(body(payloadLimitBytes), 'application/json').ok).toBe(true);
  expect(read(body(payloadLimitBytes + 1), 'application/json').ok).toBe(false);
});

test('no bytes of any type throw', () => {
  const types = fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'x/y', '');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), types, (body, type) => {
      expect(parsePayload(body, type)).toHaveProperty('ok');
    }),
    { numRuns: 1000 },
  );
});
