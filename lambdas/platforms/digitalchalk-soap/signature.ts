import { createHmac } from 'node:crypto';
import type { Operation } from './wsdl.ts';

/** The first element of every request. */
export interface Auth {
  readonly accessKey: string;
  readonly timestamp: string;
  readonly signature: string;
}

/** The secret of a DigitalChalk v4 account. */
export interface Keys {
  readonly accessKey: string;
  readonly secretKey: string;
}

/**
 * Signs one attempt; sign afresh on each, because the vendor refuses a timestamp more than 15 minutes off its clock.
 *
 * @param now milliseconds since the epoch
 */
export function sign(keys: Keys, operation: Operation, now: number): Auth {
  const timestamp = timestampOf(now);
  return { accessKey: keys.accessKey, timestamp, signature: signatureOf(keys.secretKey, operation, timestamp) };
}

/** UTC as `yyyy-MM-dd'T'HH:mm:ss'Z'`, without milliseconds (DigitalChalk API v4, Authentication). */
export const timestampOf = (now: number): string => `${new Date(now).toISOString().slice(0, 19)}Z`;

/**
 * Base64 of HMAC-SHA1 over `v4`, the operation's name (without `Request`) and the timestamp; the key is the secret's text, not decoded
 * (DigitalChalk API v4, Authentication). The body is not covered.
 */
export const signatureOf = (secretKey: string, operation: Operation, timestamp: string): string =>
  createHmac('sha1', secretKey).update(`v4${operation}${timestamp}`).digest('base64');
