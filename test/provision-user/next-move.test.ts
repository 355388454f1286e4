import { expect, test } from 'vitest';
import { nextMove } from '../../lambdas/provision-user/next-move.ts';

test.each([
  [false, false, 'refused', 'call'],
  [false, true, 'allowed', 'call'],
  [true, true, 'allowed', 'look-up'],
  [true, true, 'refused', 'look-up'],
  [true, false, 'refused', 'call'],
  [true, false, 'allowed', 'unknown'],
] as const)(
  'a step that may have been done (%s), at a vendor that can be asked (%s) and has duplicates %s: %s',
  (...all) => {
    const [maybeDone, canLookUp, duplicates, move] = all;
    expect(nextMove(maybeDone, { canLookUp, duplicates })).toBe(move);
  },
);
