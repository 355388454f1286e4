import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dedupeKeyOf } from '../../lambdas/receive-signup/dedupe-key.ts';

const json = (body: string | Uint8Array, wanted: readonly string[], headers = {}) =>
  dedupeKeyOf(wanted, { headers: new Map(Object.entries(headers)), body: Buffer.from(body) });
const form = (body: string, wanted: readonly string[]) =>
  dedupeKeyOf(wanted, { headers: new Map(), body: Buffer.from(body) });

test('webhook-id is taken from its header', () => {
  expect(json('{', ['webhook-id'], { 'webhook-id': 'msg_1' })).toEqual({ parts: ['msg_1'] });
});

test('body is the hash of the bytes', () => {
  const { parts } = json('{"a":1}', ['body']);
  expect(parts).toEqual(['015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862']);
  expect(json('{"a": 1}', ['body']).parts).not.toEqual(parts);
});

test('pointers find text, numbers, and what is in lists', () => {
  const body = '{"id":1001,"line_items":[{"sku":"A/1"},{"sku":"B"}],"a/b":{"~":"tilde"},"":"nameless","paid":false}';
  expect(json(body, ['/id', '/line_items/1/sku', '/a~1b/~0', '/', '/paid'])).toEqual({
    parts: ['1001', 'B', 'tilde', 'nameless', 'false'],
  });
});

test.each(['12345678901234567890', '1.0', '-0', '1e3', '1E+2', '0.1000'])(
  'the number %s is taken as it was written',
  (number) => {
    expect(json(`{"id":${number}}`, ['/id'])).toEqual({ parts: [number] });
  },
);

test('a number and the same digits as text are the same key: senders change their minds', () => {
  expect(json('{"id":"1001"}', ['/id'])).toEqual(json('{"id":1001}', ['/id']));
});

describe('without a key the body stands for it, with words that say where it is missing', () => {
  const body = '{"empty":"","blank":" \\n","nothing":null,"group":{"a":1},"list":[1],"text":"abc"}';
  test.each([
    '/none',
    '/empty',
    '/blank',
    '/nothing',
    '/group',
    '/list',
    '/list/1',
    '/list/00',
    '/list/-',
    '/list/length',
    '/text/0',
    '/text/length',
    '/__proto__',
    '/constructor',
    '/group/toString',
    '/group/constructor/name',
  ])('%s', (pointer) => {
    const key = json(body, ['/text', pointer]);
    expect(key.parts).toEqual(json(body, ['body']).parts);
    expect(key.undedupable).toContain(pointer);
    expect(key.undedupable).not.toContain('abc');
  });

  test.each<[string, string | Uint8Array]>([
    ['no JSON', '<order id="1"/>'],
    ['cut JSON', '{"id":1'],
    ['no UTF-8', Buffer.concat([Buffer.from('{"id":"'), Uint8Array.of(0xff), Buffer.from('"}')])],
    ['too deep', '['.repeat(32_000) + ']'.repeat(32_000)],
    ['empty', ''],
    ['ambiguous, since it names a key twice', '{"id":1,"id":2}'],
  ])('a body that is %s', (_, body) => {
    expect(json(body, ['/id'])).toEqual({ ...json(body, ['body']), undedupable: expect.any(String) });
  });
});

test('a key that only looks like a prototype is a key if the sender sent it', () => {
  expect(json('{"__proto__":{"id":"7"}}', ['/__proto__/id'])).toEqual({ parts: ['7'] });
  expect(Object.prototype).not.toHaveProperty('id');
});

test("a form's fields are found by their decoded names", () => {
  const body =
    'entry_id=42&e-mail=ada%40example.com&entry%5Bsub%5D=x&name=Ada+L%C3%B6we&tag%5B%5D=a&tag%5B%5D=b&empty=';
  expect(form(body, ['/entry_id', '/e-mail', '/entry/sub', '/name', '/tag/1'])).toEqual({
    parts: ['42', 'ada@example.com', 'x', 'Ada Löwe', 'b'],
  });
  expect(form(body, ['/empty']).undedupable).toContain('/empty');
  expect(form('%FF=1', ['/id']).undedupable).toContain("can't be read");
});

test('every text that a sender may use as an id comes through as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, id) => {
      const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const key = json(JSON.stringify({ [name]: id }), [pointer]);
      if (id.trim() === '') expect(key.undedupable).toBeDefined();
      else expect(key).toEqual({ parts: [id] });
    }),
  );
});
