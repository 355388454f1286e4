import type { Ratio } from './statistics.ts';

/** One line of the table. */
export interface Figure {
  /** Its name in the JSON; figures with the same name and a `part` are an object there. */
  readonly key: string;
  readonly part?: string;
  readonly title: string;
  readonly unit: 'ms' | 'KB' | 'MB' | 'calls';
  readonly floor: number | null;
  readonly ours: number;
  /** Ours to the floor's; `null` where there is none. */
  readonly ratio: number | null;
  /** Where the ratio lies in 90 of 100 repetitions, or its lowest and highest round. */
  readonly spread?: { readonly low: number; readonly high: number };
  /** What the JSON gives as the figure itself. */
  readonly value: number;
  /** The ratio, or the value where there is none, is to be no more than this. */
  readonly reach: number;
  /** Further raw figures, for the JSON. */
  readonly raw?: Readonly<Record<string, unknown>>;
}

/** A figure that was measured in turn with its floor. */
export const figureInTurn = (
  about: Pick<Figure, 'key' | 'part' | 'title' | 'unit' | 'reach' | 'raw'>,
  { low, high, ...measured }: Ratio,
): Figure => ({ ...about, ...measured, spread: { low, high }, value: round(measured.ratio) });

/** Rounded to what can be told apart, so that 1.00 is not missed by noise in the ninth digit. */
export const isReached = ({ ratio, value, reach }: Figure): boolean => round(ratio ?? value) <= reach;

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
