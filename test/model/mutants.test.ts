import { describe, expect, it } from 'vitest';
import { mutants } from './mutants.ts';
import { patched } from './mutate.ts';

describe('mutants', () => {
  it.each(mutants.map((mutant) => [mutant.name, mutant] as const))('%s still fits the code', (_name, mutant) => {
    expect(patched(mutant).size).toBeGreaterThan(0);
  });
});
