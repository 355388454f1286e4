import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makePassword, passwordBytes } from '../../lambdas/signups/made-password.ts';

const bytes = fc.uint8Array({ minLength: passwordBytes, maxLength: passwordBytes });

test('a made password has 20 characters that nobody mixes up, and a capital, a small letter and a digit among them', () => {
  fc.assert(
    fc.property(fc.oneof(fc.constant(new Uint8Array(passwordBytes)), bytes), (random) => {
      expect(makePassword(random)).toMatch(/^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[A-Za-z2-9]{20}$/);
      expect(makePassword(random)).not.toMatch(/[OIl]/);
    }),
  );
});

test('a made password is another one for other random bytes, whichever four of them differ', () => {
  const of = (at?: number) =>
    makePassword(Uint8Array.from({ length: passwordBytes }, (_, index) => Number(index === at)));
  const all = Array.from({ length: passwordBytes / 4 }, (_, index) => of(index * 4 + 3));
  expect(new Set([of(), ...all]).size).toBe(passwordBytes / 4 + 1);
});
