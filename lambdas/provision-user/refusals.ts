import type { SessionItem } from '../signups/ledger.ts';

/** Answered refusals of one secret version that open the breaker. */
export const refusalLimit = 2;

/** How often a version of the secret was refused. */
export const refusals = (item: SessionItem, version: string): number => item.refused[version] ?? 0;

/** One more refusal of a version. Only the last few versions are kept: workers that still hold an older one must find its count. */
export function countRefusal(item: SessionItem, version: string): SessionItem {
  const others = Object.entries(item.refused).filter(([each]) => each !== version);
  return { ...item, refused: Object.fromEntries([...others.slice(-4), [version, refusals(item, version) + 1]]) };
}
