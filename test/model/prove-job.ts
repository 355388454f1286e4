import type { Finding } from './explore.ts';

/** What a thread of `npm run prove` is asked for. */
export type ProveJob =
  /** Its share of all pairs, and of the random lives. */
  | { readonly kind: 'prove'; readonly index: number; readonly of: number; readonly seed: number }
  /** Whether the model notices what this mutant gets wrong. */
  | { readonly kind: 'mutant'; readonly name: string; readonly seed: number };

/** What a thread answers. */
export type ProveNews =
  | { readonly kind: 'told'; readonly scenario: string; readonly schedules: number }
  | {
      readonly kind: 'proved';
      readonly schedules: number;
      readonly fired: readonly (readonly [string, number])[];
      readonly findings: readonly Finding[];
    }
  | { readonly kind: 'hunted'; readonly finding: Finding | undefined; readonly schedules: number };

/** Random lives, told in parts of the same size, so that a seed tells the same ones on any number of threads. */
export const lifeParts = 10;
export const livesPerPart = 1_000;
export const allLives = 'random lives';
