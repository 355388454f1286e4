import { timingSafeEqual } from 'node:crypto';
import { type Keys, signatureOf } from './signature.ts';
import type { Operation } from './wsdl.ts';

const clockToleranceMs = 15 * 60_000;

/**
 * What is wrong with a request's `auth`, if anything: the key, the timestamp's form, the clock (15 minutes either way) or the signature
 * (DigitalChalk API v4, Authentication).
 */
export function authProblem(
  operation: Operation,
  auth: Readonly<Record<string, string>>,
  keys: Keys,
  now: number,
): string | undefined {
  const { accessKey = '', timestamp = '', signature = '' } = auth;
  if (!isSame(accessKey, keys.accessKey)) return 'The access key is not known';
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(timestamp)) return "The timestamp is not yyyy-MM-dd'T'HH:mm:ss'Z'";
  const off = Math.abs(Date.parse(timestamp) - now);
  // Written this way round, because a day that does not exist is NaN.
  if (!(off <= clockToleranceMs)) return 'The timestamp is more than 15 minutes off';
  return isSame(signature, signatureOf(keys.secretKey, operation, timestamp)) ? undefined : 'The signature is wrong';
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
