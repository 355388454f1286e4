import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitJsonArray } from '../../../infra/tools/split-json-array.ts';

test('the entries are those that JSON.parse finds', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 2), (entries, indent) => {
      const split = splitJsonArray(JSON.stringify(entries, null, indent));
      expect(split.map((entry) => JSON.stringify(JSON.parse(entry)))).toEqual(
        entries.map((entry) => JSON.stringify(entry)),
      );
    }),
    { numRuns: 300 },
  );
});

test('an entry keeps every byte: long numbers, escapes, spaces within', () => {
  expect(splitJsonArray('[ {"id":12345678901234567890, "a": "\\u00e9\\"],[" } ,{"b" : 1.50}\n]')).toEqual([
    '{"id":12345678901234567890, "a": "\\u00e9\\"],[" }',
    '{"b" : 1.50}',
  ]);
});

test('an empty array has no entries', () => {
  expect(splitJsonArray('[ ]')).toEqual([]);
});
