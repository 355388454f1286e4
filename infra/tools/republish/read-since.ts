import { durationMs } from '../../checks/duration.ts';
import { ToolError } from '../tool-error.ts';

/**
 * Reads `--since`: a time such as `2026-11-22T10:00:00Z` or `2026-11-22` (UTC), or how long ago, such as `90m`, `2h` or `3d`.
 *
 * @param now milliseconds since the epoch
 * @returns milliseconds since the epoch
 * @throws ToolError where it is neither
 */
export function readSince(word: string, now: number): number {
  const ago = durationMs(word);
  if (ago !== undefined) return now - ago;
  // A time without a zone would mean another one on each machine.
  const isTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(word);
  const time = isTime ? Date.parse(word) : Number.NaN;
  if (Number.isNaN(time))
    throw new ToolError(
      `--since ${JSON.stringify(word)} is no time: write 2026-11-22T10:00:00Z, 2026-11-22 (UTC), or how long ago, such as 90m, 2h or 3d.`,
    );
  return time;
}
