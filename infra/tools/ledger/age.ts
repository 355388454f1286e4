const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** A span of time in the largest unit of which there are two, such as `31 days` or `90 seconds`. */
export function inWords(milliseconds: number): string {
  const [unit, length] = units.find(([, each]) => milliseconds >= 2 * each) ?? (['second', 1000] as const);
  const count = Math.max(0, Math.floor(milliseconds / length));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** `5 minutes ago`, or `in 5 minutes`. */
export const fromNow = (at: number, now: number): string =>
  at <= now ? `${inWords(now - at)} ago` : `in ${inWords(at - now)}`;
