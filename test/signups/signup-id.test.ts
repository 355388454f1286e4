import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signupIdOf } from '../../lambdas/signups/signup-id.ts';

test('an id is its source and 22 characters that fit into a URL', () => {
  const hash = createHash('sha256').update('["shop","1001"]').digest('base64url');
  expect(signupIdOf('shop', ['1001'])).toBe(`shop.${hash.slice(0, 22)}`);
});

test('other keys make other ids: no two lists run together, and half a surrogate pair is not its neighbour', () => {
  const key = fc.array(fc.string({ unit: 'binary', maxLength: 3 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(key, key, (one, other) => {
      expect(signupIdOf('shop', one) === signupIdOf('shop', other)).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
  );
  expect(signupIdOf('a', ['\ud800'])).not.toBe(signupIdOf('a', ['\ud801']));
  expect(signupIdOf('a', ['b', 'c'])).not.toBe(signupIdOf('a', ['b","c']));
});
