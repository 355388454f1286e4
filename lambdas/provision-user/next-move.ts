import type { Duplicates } from '../platforms/platform.ts';

/** How to go on with a step of which an earlier call may have been carried out. */
export function nextMove(
  maybeDone: boolean,
  vendor: { canLookUp: boolean; duplicates: Duplicates },
): 'call' | 'look-up' | 'unknown' {
  if (!maybeDone) return 'call';
  if (vendor.canLookUp) return 'look-up';
  return vendor.duplicates === 'refused' ? 'call' : 'unknown';
}
