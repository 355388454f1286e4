import { type Figure, round } from './figure.ts';

/**
 * The figures by their keys, and beside each its raw figures as `{key}_raw`; figures with parts are objects in both.
 */
export function figureJson(figures: readonly Figure[]): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const key of new Set(figures.map((figure) => figure.key))) {
    const same = figures.filter((figure) => figure.key === key);
    json[key] = joined(same, ({ value }) => value);
    json[`${key}_raw`] = joined(same, rawOf);
  }
  return json;
}

const rawOf = ({ unit, floor, ours, ratio, spread, reach, raw }: Figure) => ({
  unit,
  floor: floor === null ? null : round(floor, 3),
  ours: round(ours, 3),
  ratio: ratio === null ? null : round(ratio, 3),
  ...(spread && { low: round(spread.low, 3), high: round(spread.high, 3) }),
  reach,
  ...raw,
});

function joined(figures: readonly Figure[], of: (figure: Figure) => unknown): unknown {
  const parts = figures.flatMap((figure) => (figure.part === undefined ? [] : [[figure.part, of(figure)]]));
  return parts.length > 0 ? Object.fromEntries(parts) : figures.map(of)[0];
}
