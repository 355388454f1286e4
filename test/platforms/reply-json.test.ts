import { expect, it } from 'vitest';
import { replyJson } from '../../lambdas/platforms/reply-json.ts';

const read = (body: string | Uint8Array, type = 'application/json') =>
  replyJson({ kind: 'answered', status: 200, headers: new Headers({ 'content-type': type }), body: Buffer.from(body) });

it.each(['', ' ', '\r\n\t'])('of "%s" is empty', (body) => {
  expect(read(body)).toEqual({ kind: 'empty' });
});

it.each(['null', '0', '"ä漢😀"', '[]', ' {"a":{"b":[1]}}\n'])('of %s is that document', (body) => {
  expect(read(body)).toEqual({ kind: 'json', value: JSON.parse(body) });
});

it.each(['{', '{}{}', '{"a":1,}', 'undefined', '<html></html>', "{'a':1}"])('of %s is unreadable', (body) => {
  expect(read(body)).toEqual({ kind: 'unreadable' });
});

it('is read in the charset that is told, or not at all', () => {
  const latin1 = Buffer.from('"Zoë"', 'latin1');
  expect(read(latin1)).toEqual({ kind: 'unreadable' });
  expect(read(latin1, 'application/json; charset=iso-8859-1')).toEqual({ kind: 'json', value: 'Zoë' });
  expect(read('{}', 'application/json; charset=nope')).toEqual({ kind: 'unreadable' });
});
