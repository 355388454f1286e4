import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether any candidate is any of the expected digests. Every pair is compared, in constant time, whatever was found before:
 * how long it takes tells nothing about which one fits, or how much of it.
 */
export function anyEqual(expected: readonly Uint8Array[], candidates: readonly Uint8Array[]): boolean {
  let found = false;
  for (const digest of expected)
    for (const candidate of candidates)
      if (digest.byteLength === candidate.byteLength) found = timingSafeEqual(digest, candidate) || found;
  return found;
}

/** The same for values of any length: their digests are compared, so that not even the length shows. */
export function anyEqualSecret(expected: readonly Uint8Array[], candidate: Uint8Array): boolean {
  return anyEqual(expected.map(digest), [digest(candidate)]);
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
