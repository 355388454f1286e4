import { createRandom } from '../model/random.ts';

/** Two figures that were measured one after the other, again and again. */
export interface Pair {
  readonly floor: number;
  readonly ours: number;
}

export type Statistic = (values: readonly number[]) => number;

/** @throws RangeError where there are no values */
export const quantile =
  (share: number): Statistic =>
  (values) => {
    const sorted = values.toSorted((a, b) => a - b);
    const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    if (value === undefined) throw new RangeError('nothing was measured');
    return value;
  };

export const lowest: Statistic = quantile(0);
export const median: Statistic = quantile(0.5);

export const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

/** A ratio with where it lies in 90 of 100 repetitions, as far as these pairs can tell. */
export interface Ratio {
  readonly floor: number;
  readonly ours: number;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

const resamples = 500;

/** Ours to the floor's, each by the same statistic; the spread by bootstrap over the pairs, with a fixed seed. */
export function ratioOf(pairs: readonly Pair[], statistic: Statistic): Ratio {
  const random = createRandom(pairs.length);
  const ratioIn = (chosen: readonly Pair[]) =>
    statistic(chosen.map(({ ours }) => ours)) / statistic(chosen.map(({ floor }) => floor));
  const others = Array.from({ length: resamples }, () =>
    ratioIn(pairs.flatMap(() => pairs[Math.floor(random() * pairs.length)] ?? [])),
  );
  return {
    floor: statistic(pairs.map(({ floor }) => floor)),
    ours: statistic(pairs.map(({ ours }) => ours)),
    ratio: ratioIn(pairs),
    low: quantile(0.05)(others),
    high: quantile(0.95)(others),
  };
}
