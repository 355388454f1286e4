import { expect, test } from 'vitest';
import { readStatusAddress, sourceOf } from '../../lambdas/signup-status/status-address.ts';

const read = (rawQueryString: string, id?: string) =>
  readStatusAddress({ rawQueryString, ...(id === undefined ? {} : { pathParameters: { id } }) });

test('an id and a key are an address', () => {
  expect(read('key=a-b_c', 'shop.1')).toEqual({ kind: 'address', signupId: 'shop.1', key: 'a-b_c' });
});

test.each([
  ['no key', '', 'shop.1'],
  ['an empty key', 'key=', 'shop.1'],
  ['no id', 'key=a', undefined],
])('%s is incomplete', (_, query, id) => {
  expect(read(query, id)).toEqual({ kind: 'incomplete' });
});

test.each([
  ['the key twice', 'key=a&key=a'],
  ['another parameter beside it', 'key=a&utm_source=mail'],
  ['another parameter in its place', 'token=a'],
  ['the key spelled large', 'KEY=a'],
])('%s is odd', (_, query) => {
  expect(read(query, 'shop.1')).toEqual({ kind: 'odd' });
});

test.each([
  ['shop.8fk2', 'shop'],
  ['my-shop.8fk2', 'my-shop'],
  ['a.b.8fk2', 'a.b'],
  ['nodot', ''],
  ['', ''],
])('the source of "%s" is "%s"', (signupId, source) => {
  expect(sourceOf(signupId)).toBe(source);
});
