/**
 * How a run of a signup can end.
 *
 * - `created`: the vendor's own success reply said so.
 * - `existing`: the person has an account; not an error.
 * - `rejected`: the vendor or the mapping refuses for good.
 * - `failed`: gave up after `giveUpAfter`, or the message kept killing its worker.
 * - `unknown`: it may have been created and nobody can ask; a person must look.
 * - `ignored`: `accept` or `when` says that it is no signup here; kept in the ledger, told to nobody.
 */
export type Outcome = 'created' | 'existing' | 'rejected' | 'failed' | 'unknown' | 'ignored';

/** The outcomes that subscribers are told of. */
export const toldOutcomes = ['created', 'existing', 'rejected', 'failed', 'unknown'] as const satisfies Outcome[];
export type ToldOutcome = (typeof toldOutcomes)[number];

/** Open outcomes keep the raw body and can be reopened by a redrive; final ones never change. */
export type OpenOutcome = 'rejected' | 'failed' | 'unknown';

/** Whether a run that ended so can be followed by another run. */
export const isOpen = (outcome: Outcome): outcome is OpenOutcome =>
  outcome === 'rejected' || outcome === 'failed' || outcome === 'unknown';

/** Why a run ended as it did, or waits: a code to select by, and words for a person. Never holds a secret. */
export interface Reason {
  readonly code: ReasonCode;
  readonly message: string;
}

/** Closed in here, so that operators can redrive by reason. Subscribers must expect others: one more is a minor version of the contract. */
export type ReasonCode =
  | 'mapping'
  | 'vendor-rejected'
  | 'vendor-duplicate'
  | 'vendor-unavailable'
  | 'vendor-reply-lost'
  | 'credentials-refused'
  | 'secret-missing'
  | 'login-busy'
  | 'breaker-open'
  | 'paused'
  | 'rate-limited'
  | 'person-busy'
  | 'source-unknown'
  | 'crashed'
  | 'gave-up'
  | 'resolved';
