import type { CallFailure } from '../platforms/platform.ts';
import type { Reason } from '../signups/outcome.ts';

/** The failure of a call, as the reason for which a signup waits or ends. */
export function reasonOf(failure: CallFailure): Reason {
  switch (failure.kind) {
    case 'not-done':
    case 'token-refused':
      return { code: 'vendor-unavailable', message: failure.message };
    case 'rejected':
      return { code: 'vendor-rejected', message: failure.message };
    case 'credentials-refused':
      return { code: 'credentials-refused', message: failure.message };
    case 'nobody-knows':
      return { code: 'vendor-reply-lost', message: failure.message };
  }
}
