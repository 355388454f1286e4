import type { SessionItem } from '../signups/ledger.ts';

/** Answered refusals of one secret version that open the breaker. */
export const refusalLimit = 2;

/** How often a version of the secret was refused. */
export const refusals = (item: SessionItem, version: string): number => item.refused[version] ?? 0;

/** After so many refusals of any versions, one more could lock the customer's account: "After 5 failed logins" (Electa API 3.0, Token). */
const riskyCount = 4;

/**
 * One more refusal of a version. Only the last few versions are kept: workers that still hold an older one must find its count.
 *
 * @param at milliseconds since the epoch
 */
export function countRefusal(item: SessionItem, version: string, at: number): SessionItem {
  const others = Object.entries(item.refused).filter(([each]) => each !== version);
  const refused = Object.fromEntries([...others.slice(-4), [version, refusals(item, version) + 1]]);
  return { ...item, refused, refusedAt: [...(item.refusedAt ?? []), at].slice(-riskyCount) };
}

/** Until when a login could lock the customer's account, whatever the version (milliseconds since the epoch). @param windowMs how far back the vendor counts */
export function riskyUntil({ refusedAt = [] }: SessionItem, windowMs: number): number {
  const [oldest] = refusedAt;
  return oldest === undefined || refusedAt.length < riskyCount ? 0 : oldest + windowMs;
}
