import { createHmac, timingSafeEqual } from 'node:crypto';

const leastCharacters = 16;

/** The secret that statuses are signed with; generated, never typed. */
export const statusSecretId = (stage: string): string => `matriculate/${stage}/status`;

/**
 * Reads `{"key": "…"}`.
 *
 * @throws Error where there is no key of at least 16 characters
 */
export function readStatusSecret(value: unknown): string {
  const key = typeof value === 'object' && value !== null && 'key' in value ? value.key : undefined;
  if (typeof key !== 'string' || key.length < leastCharacters)
    throw new Error(`the status secret holds no key of at least ${leastCharacters} characters`);
  return key;
}

/** The MAC in a status URL: base64url of HMAC-SHA256 over the signupId. Whoever has it may ask, and it proves that we accepted that signup. */
export const makeStatusKey = (signupId: string, secret: string): string =>
  createHmac('sha256', secret).update(signupId).digest('base64url');

/** Whether a status URL's MAC is ours, in constant time. */
export function isStatusKey(candidate: string, signupId: string, secret: string): boolean {
  const expected = Buffer.from(makeStatusKey(signupId, secret));
  const given = Buffer.from(candidate);
  return given.byteLength === expected.byteLength && timingSafeEqual(given, expected);
}
