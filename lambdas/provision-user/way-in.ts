import type { VendorAccount, VendorCall } from '../platforms/platform.ts';
import type { SessionItem } from '../signups/ledger.ts';
import type { Reason } from '../signups/outcome.ts';

/** The way to the vendor is open. */
export interface Entered {
  readonly kind: 'entered';
  readonly account: VendorAccount;
  readonly version: string;
  /** Empty for `direct` vendors. */
  readonly token: string;
  readonly generation: number;
  /** For the calls: waits for the turn of each request under the vendor's rate limit; absent where nothing limits it. */
  readonly turn?: VendorCall['turn'];
}

/** No call may be made now. Nothing was burnt: the signup waits. */
export interface Blocked {
  readonly kind: 'blocked';
  readonly reason: Reason;
  readonly retryAfterMs?: number | undefined;
}

export const blocked = (code: Reason['code'], message: string, retryAfterMs?: number): Blocked => ({
  kind: 'blocked',
  reason: { code, message },
  retryAfterMs,
});

/** A person closed the way; their words are in the log, so that whoever is paged knows whom to ask. */
export const pausedBy = ({ by, why, at }: NonNullable<SessionItem['paused']>): Blocked =>
  blocked('paused', `${by} paused the destination at ${at}: ${why}`);
