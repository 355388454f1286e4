import { expect, test } from 'vitest';
import { chooseVariants, type Variants } from '../../../lambdas/platforms/simulator/variants.ts';

const variants = { errors: ['coded', 'bare'], case: ['upper', 'lower'] } as const satisfies Variants;

test('a switch that nobody set has its first value', () => {
  const has = chooseVariants(variants, { errors: 'bare' });
  expect([has('errors', 'coded'), has('errors', 'bare'), has('case', 'upper')]).toEqual([false, true, true]);
});

test.each([{ error: 'bare' }, { errors: 'none' }])('%j is refused with the switches there are', (wanted) => {
  expect(() => chooseVariants(variants, wanted)).toThrow(/errors: coded \| bare; case: upper \| lower/);
});
