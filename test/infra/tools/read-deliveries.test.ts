import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDeliveries } from '../../../infra/tools/read-deliveries.ts';

const folder = mkdtempSync(join(tmpdir(), 'deliveries-'));
const read = (text: string) => {
  const file = join(folder, 'payload');
  writeFileSync(file, text);
  return readDeliveries(file, undefined).map(({ body, contentType }) => [Buffer.from(body).toString(), contentType]);
};

test('one payload is sent byte for byte', () => {
  expect(read(' {"id": 1.0}\n')).toEqual([[' {"id": 1.0}\n', 'application/json']]);
});

test('an array is sent one by one', () => {
  expect(read('[{"id": 1.0}, {"id":2}]')).toEqual([
    ['{"id": 1.0}', 'application/json'],
    ['{"id":2}', 'application/json'],
  ]);
});

test('what is no JSON is a form', () => {
  expect(read('a=1&b=2')).toEqual([['a=1&b=2', 'application/x-www-form-urlencoded']]);
});

test('without a file it is the sample', () => {
  expect(Buffer.from(readDeliveries(undefined, { a: 1 })[0]?.body ?? []).toString()).toBe('{"a":1}');
});

test('a broken or empty array, an empty or missing file and a missing sample are said clearly', () => {
  expect(() => read('[{"a":1},]')).toThrow('a value is wanted here (character 10)');
  expect(() => read(' \n')).toThrow(/payload is empty: nothing to send/);
  expect(() => read('\ufeff')).toThrow(/payload is empty/);
  expect(() => read('[ ]')).toThrow(/payload holds an empty array: nothing to send/);
  expect(() => readDeliveries(join(folder, 'absent.json'), undefined)).toThrow(/absent\.json can't be read/);
  expect(() => readDeliveries(undefined, undefined)).toThrow('this source has no sample; name a FILE');
});
