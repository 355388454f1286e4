import { expect, it } from 'vitest';
import { fromNow, inWords } from '../../../../infra/tools/ledger/age.ts';

it.each([
  [0, '0 seconds'],
  [1_000, '1 second'],
  [119_000, '119 seconds'],
  [120_000, '2 minutes'],
  [47 * 3_600_000, '47 hours'],
  [48 * 3_600_000, '2 days'],
  [-5, '0 seconds'],
])('%d ms are %s', (milliseconds, words) => {
  expect(inWords(milliseconds)).toBe(words);
});

it('tells the past from the future', () => {
  expect([fromNow(0, 180_000), fromNow(180_000, 0)]).toEqual(['3 minutes ago', 'in 3 minutes']);
});
