import type { SignupEvent } from './event.ts';

/** `duplicate`: another copy of the newest one seen. `older`: about an earlier run, or a copy of such. */
export type Standing = 'new' | 'duplicate' | 'older';

/** What two events must have in common for one to be newer than the other: signup, destination and step. Keep the greatest sequence under it. */
export const streamOf = ({ id }: Pick<SignupEvent, 'id'>): string => id.slice(0, id.lastIndexOf('/'));

/**
 * How an event stands to the newest that was seen of its stream. SNS delivers at least once and in any order.
 *
 * @param newest the greatest `sequence` that was kept under {@link streamOf}; `undefined` where there was none. Keep the new one only if it is
 *   still the greatest, by a conditional write, where several of you work side by side.
 */
export function standingOf({ sequence }: Pick<SignupEvent, 'sequence'>, newest: string | undefined): Standing {
  if (newest === undefined || sequence > newest) return 'new';
  return sequence === newest ? 'duplicate' : 'older';
}
