import type { Signup } from '../../signups/signup.ts';
import { busyFailure, type StatusFailure, statusFailure, unansweredFailure } from '../http-failure.ts';
import type { AccountResult } from '../platform.ts';
import type { AnsweredReply, VendorReply } from '../vendor-http.ts';
import { notAppliedToExisting } from './create-parameters.ts';
import { createdAccount } from './created-account.ts';
import { lockMs, meaningOf, refusalWords } from './refusal.ts';
import { type ElectaRefusal, readReply } from './reply.ts';
import type { ElectaSettings } from './settings.ts';

/** A call of User/Create, and what must not come back in anybody's words. */
export interface CreateContext {
  readonly signup: Signup;
  readonly settings: ElectaSettings;
  readonly secrets: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What a reply to User/Create means. */
export function judgeCreate(reply: VendorReply, context: CreateContext): AccountResult {
  if (reply.kind !== 'answered') return unansweredFailure(reply);
  const busy = busyFailure(reply, context.now);
  if (busy !== null) return busy;
  const failure = statusFailure(reply, context.now);
  const read = readReply(reply, context.settings.replyNames);
  switch (read.kind) {
    case 'refused':
      return refused(read, context);
    case 'unreadable':
      return failure === null ? { kind: 'nobody-knows', message: read.message } : unexplained(reply, failure);
    case 'document':
      return failure === null ? createdAccount(read, context.signup) : unexplained(reply, failure);
  }
}

function refused(refusal: ElectaRefusal, { signup, settings, secrets }: CreateContext): AccountResult {
  const message = refusalWords(refusal, secrets);
  switch (meaningOf(refusal, settings.refusals)) {
    case 'emailExists':
      return { kind: 'duplicate', message, account: {}, notApplied: notAppliedToExisting(signup) };
    case 'tokenNotValid':
    // User/Create carries no key, and words about one may be about this person: the login that follows shows, and counts.
    case 'invalidCredentials':
      return { kind: 'token-refused', message };
    case 'locked':
      return { kind: 'not-done', message, retryAfterMs: lockMs };
    case 'temporary':
      return { kind: 'not-done', message };
    case 'other':
      return { kind: 'rejected', message };
  }
}

/**
 * A status without a reply of the API itself. A 401 or 403 then comes from something in between (a firewall, a proxy): User/Create
 * carries no key, so it must not count against the credentials.
 */
function unexplained(reply: AnsweredReply, failure: StatusFailure): AccountResult {
  if (failure.kind !== 'credentials-refused' && failure.kind !== 'forbidden') return failure;
  return { kind: 'not-done', message: `HTTP ${reply.status} that does not come from Electa's API` };
}
