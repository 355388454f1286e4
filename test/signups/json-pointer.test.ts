import { expect, test } from 'vitest';
import { resolvePointer } from '../../lambdas/signups/json-pointer.ts';

/** RFC 6901, section 5. */
const document: unknown = JSON.parse(
  '{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\\\j":5,"k\\"l":6," ":7,"m~n":8,"~1":9}',
);

test.each([
  ['/foo', ['bar', 'baz']],
  ['/foo/0', 'bar'],
  ['/', 0],
  ['/a~1b', 1],
  ['/c%d', 2],
  ['/e^f', 3],
  ['/g|h', 4],
  ['/i\\j', 5],
  ['/k"l', 6],
  ['/ ', 7],
  ['/m~0n', 8],
  ['/~01', 9],
])("the standard's own example %j", (pointer, value) => {
  expect(resolvePointer(document, pointer)).toEqual(value);
});

test.each([
  '/foo/2',
  '/foo/-',
  '/foo/01',
  '/foo/length',
  '/foo/0/0',
  '/toString',
  '/__proto__',
  '/foo/constructor',
  '/a',
])('%j points at nothing', (pointer) => {
  expect(resolvePointer(document, pointer)).toBeUndefined();
});
