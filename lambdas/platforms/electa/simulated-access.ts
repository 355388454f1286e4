import { randomUUID } from 'node:crypto';

/** Electa's logins and tokens: 20 minutes, and a lock for 15 minutes after 5 failed logins (Electa API 3.0, Authentication). */
export interface SimulatedAccess {
  readonly isLocked: () => boolean;
  readonly loginFailed: () => void;
  readonly loginSucceeded: () => string;
  readonly isTokenValid: (token: string) => boolean;
}

const tokenLivesMs = 20 * 60_000;
const lockMs = 15 * 60_000;
const failuresToLock = 5;

export function simulatedAccess(
  now: () => number,
  { newTokenEndsEarlier, successForgives }: { newTokenEndsEarlier: boolean; successForgives: boolean },
): SimulatedAccess {
  const tokens = new Map<string, number>();
  let failures = 0;
  let lockedUntil = Number.NEGATIVE_INFINITY;
  return {
    isLocked: () => now() < lockedUntil,
    loginFailed: () => {
      failures += 1;
      if (failures < failuresToLock) return;
      failures = 0;
      lockedUntil = now() + lockMs;
    },
    loginSucceeded: () => {
      if (successForgives) failures = 0;
      if (newTokenEndsEarlier) tokens.clear();
      const token = randomUUID().toUpperCase();
      tokens.set(token, now() + tokenLivesMs);
      return token;
    },
    isTokenValid: (token) => now() < (tokens.get(token.toUpperCase()) ?? 0),
  };
}
