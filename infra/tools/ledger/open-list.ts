import { inWords } from './age.ts';
import { type OpenSignup, openedAt } from './open-outcomes.ts';

/**
 * Open outcomes as a table, after how many there are of which kind.
 *
 * @param now milliseconds since the epoch
 */
export function listOpen(open: readonly OpenSignup[], now: number): string {
  const rows = open.map(({ item, step }) => [
    `${inWords(now - Date.parse(openedAt({ item, step })))} ago`,
    item.destination,
    step.name,
    step.outcome,
    step.reason?.code ?? '',
    item.signupId,
    item.reference ?? '',
    step.reason?.message ?? '',
  ]);
  const head = ['opened', 'destination', 'step', 'outcome', 'reason', 'signup', 'reference', 'words'];
  return `${summaryOf(open)}\n\n${columns([head, ...rows])}`;
}

/** Such as `classroom 2 rejected (mapping), 1 unknown (vendor-reply-lost)`. */
export function summaryOf(open: readonly OpenSignup[]): string {
  const byDestination = Map.groupBy(open, ({ item }) => item.destination);
  const parts = [...byDestination].map(([destination, some]) => {
    const kinds = Map.groupBy(some, ({ step }) => `${step.outcome} (${step.reason?.code ?? 'no reason'})`);
    return `${destination} ${[...kinds].map(([kind, { length }]) => `${length} ${kind}`).join(', ')}`;
  });
  return parts.join('; ');
}

/** The last column takes what room it needs. */
function columns(rows: readonly (readonly string[])[]): string {
  const [first = []] = rows;
  const widths = first.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
