import { randomBytes } from 'node:crypto';
import type { Verify } from '../../lambdas/receive-signup/config.ts';
import { hmacFormOf } from '../../lambdas/receive-signup/verify/schemes.ts';

const keyBytes = 32;

/** A new key for a source, in the spelling that its scheme wants. */
export function makeSourceKey(verify: Verify): string {
  const bytes = randomBytes(keyBytes);
  switch (verify.scheme) {
    case 'static-header':
      return bytes.toString('base64url');
    case 'basic':
      return `matriculate:${bytes.toString('base64url')}`;
    default:
      switch (hmacFormOf(verify).keyEncoding) {
        case 'whsec':
          return `whsec_${bytes.toString('base64')}`;
        case 'base64':
          return bytes.toString('base64');
        case 'hex':
        case 'text':
        case 'html-text':
          return bytes.toString('hex');
      }
  }
}
