import { type Bill, total } from './cost.ts';
import type { Comparison } from './experiments/peer.ts';
import { type Figure, isReached } from './figure.ts';

const number = (value: number): string => {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return value.toLocaleString('en', {
    maximumFractionDigits: value < 100 ? 2 : 0,
    minimumFractionDigits: value < 100 ? 2 : 0,
  });
};

/** Columns as wide as their widest cell; all but the first to the right. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return rows.map(line).join('\n');
}

/** The table of figures, each with its floor from the same run. */
export const figureTable = (figures: readonly Figure[]): string =>
  columns([
    ['figure', 'floor', 'ours', 'ratio', 'to reach', 'spread', ''],
    ...figures.map((figure) => [
      figure.title,
      figure.floor === null ? '–' : `${number(figure.floor)} ${figure.unit}`,
      `${number(figure.ours)} ${figure.unit}`,
      figure.ratio === null ? '–' : number(figure.ratio),
      `≤ ${number(figure.reach)}`,
      figure.spread === undefined ? '' : `${number(figure.spread.low)}–${number(figure.spread.high)}`,
      isReached(figure) ? '✓' : '✗',
    ]),
  ]);

/** Both ways side by side. */
export const comparisonTable = ({ ours, peer, people, vendor_ms }: Comparison): string =>
  columns([
    [`an account over SOAP, vendor ${vendor_ms} ms`, 'ours', 'the obvious way'],
    ['p50 of the answer', `${number(ours.answer_p50_ms)} ms`, `${number(peer.answer_p50_ms)} ms`],
    ['p99 of the answer', `${number(ours.answer_p99_ms)} ms`, `${number(peer.answer_p99_ms)} ms`],
    [`accounts made twice, of ${people} delivered twice`, number(ours.made_twice), number(peer.made_twice)],
    [`signups lost, of ${people} while the vendor was down`, number(ours.lost), number(peer.lost)],
  ]);

/** What a million signups cost, line by line. */
export const billTable = (title: string, bills: Readonly<Record<string, Bill>>): string => {
  const lines = [...new Set(Object.values(bills).flatMap((bill) => Object.keys(bill)))];
  const dollars = (value: number | undefined) => (value === undefined ? '' : `$${value.toFixed(2)}`);
  return columns([
    [title, ...Object.keys(bills)],
    ...lines.map((line) => [line, ...Object.values(bills).map((bill) => dollars(bill[line]))]),
    ['together', ...Object.values(bills).map((bill) => dollars(total(bill)))],
  ]);
};
