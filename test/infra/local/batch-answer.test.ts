import { expect, test } from 'vitest';
import { succeededOf } from '../../../infra/local/event-source/batch-answer.ts';

const ids = ['a', 'b', 'c'];
const failures = (...identifiers: unknown[]) =>
  JSON.stringify({ batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) });

test.each(['', 'null', '{}', '{"batchItemFailures":null}', '{"batchItemFailures":[]}'])(
  'an answer that names no failure deletes the whole batch: %s',
  (answer) => {
    expect(succeededOf(answer, ids)).toEqual(ids);
  },
);

test('an answer that names failures deletes the others', () => {
  expect(succeededOf(failures('b'), ids)).toEqual(['a', 'c']);
  expect(succeededOf(failures('b', 'b'), ids)).toEqual(['a', 'c']);
});

test.each([
  failures(''),
  failures(null),
  failures('b', 'stranger'),
  failures(7),
  '{"batchItemFailures":[{"ItemIdentifier":"b"}]}',
  '{"batchItemFailures":"b"}',
  '"fine"',
  '{',
])('an answer that can not be read deletes nothing: %s', (answer) => {
  expect(succeededOf(answer, ids)).toEqual([]);
});
