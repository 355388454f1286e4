import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { readMessage } from '../../lambdas/signups/message.ts';
import { eventOf, setUp, sources } from './hostile-world.ts';
import { allSchemes, signingSchemes } from './verify/deliveries.ts';
import { body } from './world.ts';

vi.setConfig({ testTimeout: 60_000 });

const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const headerNames = [...new Set(allSchemes.flatMap(({ headers }) => Object.keys(headers)))];
const anyHeaders = fc.dictionary(
  fc.oneof(fc.constantFrom(...headerNames, 'content-type', '__proto__', 'constructor'), anyText),
  fc.oneof(
    anyText,
    fc.constantFrom(...signingSchemes.flatMap(({ headers }) => Object.values(headers))),
    fc.stringMatching(/^(v1,|t=|v1=|sha256=|Basic )[\w+/=, ]{0,90}$/),
  ),
);
/** Anything but the body that the genuine headers belong to. */
const anyContent = fc.oneof(anyText, fc.json(), fc.uint8Array({ maxLength: 200 }));

test('whatever arrives is answered with 200 or 4xx and stored nowhere: 5,000 requests', async () => {
  const { receive, sent } = setUp();
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.constantFrom(...Object.keys(sources)), anyText),
      anyHeaders,
      anyContent,
      fc.boolean(),
      async (source, headers, content, base64) => {
        const answer = await receive(eventOf(source, headers, content, base64));
        expect([200, 401, 404, 413, 415]).toContain(answer.statusCode);
      },
    ),
    { numRuns: 5000 },
  );
  expect(sent).toEqual([]);
});

test('one bit of a genuine delivery changed, anywhere, is no genuine delivery: 2,000 requests', async () => {
  const { receive, sent } = setUp();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...signingSchemes),
      fc.nat(Buffer.byteLength(body) * 8 - 1),
      async ({ name, headers }, bit) => {
        const bytes = Buffer.from(body);
        const byte = Math.floor(bit / 8);
        bytes[byte] = (bytes[byte] ?? 0) ^ (1 << (bit % 8));
        expect((await receive(eventOf(name, headers, bytes))).statusCode).toBe(401);
      },
    ),
    { numRuns: 2000 },
  );
  expect(sent).toEqual([]);
});

test('one letter of a signature changed is no signature: 2,000 requests', async () => {
  const { receive, sent } = setUp();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...allSchemes),
      fc.nat(),
      fc.string({ unit: 'binary', maxLength: 1 }),
      async ({ name, headers, signatureHeader }, at, letter) => {
        const value = headers[signatureHeader] ?? '';
        const position = at % value.length;
        const changed = value.slice(0, position) + letter + value.slice(position + 1);
        fc.pre(changed.toLowerCase() !== value.toLowerCase());
        expect((await receive(eventOf(name, { ...headers, [signatureHeader]: changed }, body))).statusCode).toBe(401);
      },
    ),
    { numRuns: 2000 },
  );
  expect(sent).toEqual([]);
});

describe('what a sender with a key can send is stored byte for byte, and harms nobody', () => {
  const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  const payloads: readonly [string, string | Uint8Array][] = [
    ['prototype keys', '{"__proto__":{"id":1,"polluted":true},"constructor":{"prototype":{"polluted":true}},"id":1}'],
    ['a key that is named twice', '{"id":1,"id":2,"line_items":[{"sku":"A"}]}'],
    ['a number of 20 digits', '{"id":12345678901234567890,"line_items":[{"sku":"A"}]}'],
    ['a number without end', `{"id":1${'0'.repeat(60_000)},"line_items":[{"sku":"A"}]}`],
    ['numbers beyond every double', '{"id":1e999,"line_items":[{"sku":-1e999}]}'],
    ['half a surrogate pair', '{"id":"\\ud800","line_items":[{"sku":"\\udfff"}]}'],
    ['NUL', '{"id":"\\u0000","line_items":[{"sku":"a\\u0000b"}]}'],
    ['raw NUL bytes', new Uint8Array(1000)],
    ['bytes that are no UTF-8', Uint8Array.from({ length: 256 }, (_, byte) => byte)],
    ['nesting of 10,000 objects', deep(10_000)],
    ['nesting of 65,536 lists', '['.repeat(65_536)],
    ['a byte order mark', '\ufeff{"id":1}'],
    ['lists where objects are expected', '[[["id"]]]'],
    ['null', 'null'],
    ['nothing', ''],
    ['an id that looks like a path', '{"id":"../../status?key=","line_items":[{"sku":"/"}]}'],
    ['a key of 60,000 letters', `{"${'k'.repeat(60_000)}":1}`],
  ];
  test.each(payloads)('%s', async (_, payload) => {
    const { receive, sent } = setUp();
    for (const { name, sign } of allSchemes) {
      const answer = await receive(eventOf(name, sign(payload), payload));
      expect(answer.statusCode).toBe(202);
      const { signupId } = JSON.parse(answer.body ?? '');
      expect(signupId).toMatch(/\.[\w-]{22}$/);
    }
    expect(sent.map((text) => Buffer.from(JSON.parse(text).body, 'base64').equals(Buffer.from(payload)))).toEqual(
      allSchemes.map(() => true),
    );
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  test('any JSON and any bytes: 2,000 deliveries', async () => {
    const { receive, sent } = setUp();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...signingSchemes), anyContent, async ({ name, sign }, content) => {
        expect((await receive(eventOf(name, sign(content), content))).statusCode).toBe(202);
        expect(readMessage(sent.at(-1) ?? '')).toMatchObject({
          source: name,
          body: Buffer.from(content).toString('base64'),
        });
      }),
      { numRuns: 2000 },
    );
  });
});
