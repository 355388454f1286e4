import { describe, expect, it } from 'vitest';
import { readAskedSignup } from '../../../../infra/tools/ledger/asked-signup.ts';
import { signupId } from './example-item.ts';

const stage = { sources: { shop: ['classroom'] } };

describe('a signup is asked for', () => {
  it.each([
    [signupId, { kind: 'id', signupId }],
    ['shop/1001', { kind: 'reference', source: 'shop', reference: '1001' }],
    ['shop/a/b', { kind: 'reference', source: 'shop', reference: 'a/b' }],
    ['shop/ada@example.com', { kind: 'reference', source: 'shop', reference: 'ada@example.com' }],
    ['ada@example.com', { kind: 'email', email: 'ada@example.com' }],
    ['a/d.a@example.com', { kind: 'email', email: 'a/d.a@example.com' }],
  ])('by %s', (word, asked) => {
    expect(readAskedSignup(word, stage)).toEqual(asked);
  });

  it.each(['1001', 'shop/', 'shp/1001', 'shop.short', '__proto__/1'])('not by %s, and it says by what', (word) => {
    expect(() => readAskedSignup(word, stage)).toThrow(
      /no SOURCE\/REFERENCE; the sources are shop\. A stage would come first; there are .*dev/,
    );
  });
});
