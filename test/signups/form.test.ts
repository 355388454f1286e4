import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseForm } from '../../lambdas/signups/form.ts';
import { cpuMilliseconds } from '../fixtures/cpu-time.ts';

const read = (body: string) => parseForm(Buffer.from(body));
const value = (body: string) => {
  const parsed = read(body);
  return parsed.ok ? JSON.parse(JSON.stringify(parsed.value)) : parsed;
};

test.each([
  ['email=ada%40example.com&name=Ada+Lovelace', { email: 'ada@example.com', name: 'Ada Lovelace' }],
  ['tag=a&tag=b&tag=c', { tag: ['a', 'b', 'c'] }],
  ['tag[]=a', { tag: ['a'] }],
  ['customer[first]=Ada&customer%5Blast%5D=L', { customer: { first: 'Ada', last: 'L' } }],
  ['items[0][sku]=A&items[1][sku]=B', { items: { 0: { sku: 'A' }, 1: { sku: 'B' } } }],
  ['a', { a: '' }],
  ['&&a=1&', { a: '1' }],
  ['=x', { '': 'x' }],
  ['a=50%&b=%zz', { a: '50%', b: '%zz' }],
  ['a[b=1&[c]=2', { 'a[b': '1', '[c]': '2' }],
  ['name=%C3%85sa', { name: 'Åsa' }],
  ['', {}],
])('reads %s', (body, expected) => {
  expect(value(body)).toEqual(expected);
});

test.each([
  ['ok=1&a=%FF', 'is not UTF-8', 6],
  ['a=1&a[b]=2', 'uses one name both for a value and for a group of values', 5],
  ['a[b]=1&a=2', 'uses one name both for a value and for a group of values', 8],
  ['a[b][c][d][e][f][g][h][i]=1', 'nests deeper than 8 levels', 1],
  ['_jsonata_lambda=1', 'holds a name that is reserved', 1],
  ['a[tupleStream]=1', 'holds a name that is reserved', 1],
])('refuses %s and says where', (body, message, position) => {
  expect(read(body)).toEqual({ ok: false, message, position });
});

test('prototype keys are fields like any other', () => {
  const parsed = read('__proto__[polluted]=1&constructor[prototype][polluted]=1');
  expect(parsed.ok && Object.keys(Object(parsed.value))).toEqual(['__proto__', 'constructor']);
  expect('polluted' in {}).toBe(false);
});

test('reads flat fields as URLSearchParams does', () => {
  const name = fc.stringMatching(/^[a-zA-Z_ .é-]{1,12}$/);
  fc.assert(
    fc.property(fc.dictionary(name, fc.string({ unit: 'grapheme' })), (fields) => {
      const body = new URLSearchParams(fields).toString();
      expect(value(body)).toEqual(Object.fromEntries(new URLSearchParams(body)));
    }),
  );
});

test('a field repeated 20,000 times is read at once', async () => {
  const form = 'a=&'.repeat(20_000);
  expect(await cpuMilliseconds(() => expect(read(form).ok).toBe(true))).toBeLessThan(1000);
});
