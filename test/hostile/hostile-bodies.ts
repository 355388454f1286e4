const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const fields = '"email":"a@b.c","firstName":"A","lastName":"B"';

/** Bodies that break lesser readers; none is a signup by any preset. */
export const hostileBodies: readonly (readonly [what: string, body: string | Uint8Array])[] = [
  ['prototype keys', '{"__proto__":{"id":1,"polluted":true},"constructor":{"prototype":{"polluted":true}},"id":1}'],
  ['a key named twice', '{"id":1,"id":2,"line_items":[{"sku":"A"}]}'],
  ['a number of 20 digits', '{"id":12345678901234567890,"line_items":[{"sku":"A"}]}'],
  ['a number of 60,000 digits', `{"id":1${'0'.repeat(60_000)},"line_items":[{"sku":"A"}]}`],
  ['numbers beyond every double', '{"id":1e999,"line_items":[{"sku":-1e999}]}'],
  ['half a surrogate pair', '{"id":"\\ud800","line_items":[{"sku":"\\udfff"}]}'],
  ['NUL', '{"id":"\\u0000","line_items":[{"sku":"a\\u0000b"}]}'],
  ['raw NUL bytes', new Uint8Array(1000)],
  ['bytes that are no UTF-8', Uint8Array.from({ length: 256 }, (_, byte) => byte)],
  ['nesting of 65 objects', deep(65)],
  ['nesting of 10,000 objects', deep(10_000)],
  ['nesting of 65,536 lists', '['.repeat(65_536)],
  ['a byte order mark', '\ufeff{"id":1}'],
  ['lists where objects are expected', '[[["id"]]]'],
  ['null', 'null'],
  ['nothing', ''],
  ['an id that looks like a path', '{"id":"../../status?key=","line_items":[{"sku":"/"}]}'],
  ['a key of 60,000 letters', `{"${'k'.repeat(60_000)}":1}`],
  ['the expression engine’s own marks', '{"id":1,"_jsonata_lambda":true,"body":{"x":1}}'],
  ['keys of objects’ methods', '{"id":1,"toString":1,"valueOf":{},"then":{},"hasOwnProperty":null,"toJSON":1}'],
  ['`$xml` in place of a text', `{"id":1,${fields.replace('"A"', '{"$xml":"<evil/>"}')}}`],
  ['64 KiB of spaces', ' '.repeat(65_536)],
  ['64 KiB of escapes', `{"id":"${'\\u0061'.repeat(10_000)}"}`],
  ['30,000 numbers', `{"id":[${'1,'.repeat(30_000)}1]}`],
  ['6,000 keys', `{${Array.from({ length: 6000 }, (_, index) => `"k${index}":1`).join(',')}}`],
  ['XML', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
  ['JSON that is cut', '{"id":1,"email":"a@'],
  ['two documents', '{"id":1}{"id":2}'],
];
