import type { Received } from '../../lambdas/provision-user/decide.ts';
import { claim, end, freshStep, giveBack } from '../../lambdas/provision-user/transitions.ts';
import type { SignupItem } from '../../lambdas/signups/ledger.ts';
import type { Mapped } from '../../lambdas/signups/map-signup.ts';
import type { Outcome } from '../../lambdas/signups/outcome.ts';

/** Ledger items in every state, and the messages that can come upon them. */

export const now = 1_000_000;
export const visibilityMs = 360_000;
export const stamp = { writeId: 'seen', expires: 7 };
const identity = { signupId: 'shop.1', source: 'shop', acceptedAt: '2026-11-22T10:17:00.000Z' };
const reason = { code: 'vendor-unavailable', message: 'busy' } as const;
/** When the message was sent that started the run. */
export const sentAt = 500_000;

/** A run before its first write. */
export const start: SignupItem = {
  id: 'classroom#shop.1',
  kind: 'signup',
  ...identity,
  destination: 'classroom',
  run: 1,
  fence: 4,
  lease: 0,
  writeId: 'seen',
  crashes: 0,
  messageId: `sent at ${sentAt}`,
  sentAt,
  content: 'one',
  sequence: 2,
  conflicts: [],
  steps: [freshStep('account')],
  expires: 7,
};

export const calling = (lease: number): SignupItem => claim(start, lease, undefined, stamp);
export const suspect = (lease: number): SignupItem => ({ ...start, lease });
export const waiting = (notBefore: number): SignupItem =>
  giveBack(start, { notBefore, reason, maybeDone: false }, stamp);

/** A run that ended so; its event is told as `account {run}`. */
export function ended(outcome: Outcome, item: SignupItem = start): SignupItem {
  const event = outcome === 'ignored' ? null : `account ${item.run}`;
  const ending = { outcome, reason: null, event, finishedAt: 'then', body: 'jwe' };
  return end(claim(item, now, undefined, stamp), ending, stamp);
}

/** A sender's delivery: the one that started the run, unless it was sent at another time, or is another message. */
export const delivery = (receiveCount = 1, at = sentAt, messageId = `sent at ${at}`): Received => ({
  receiveCount,
  messageId,
  sentAt: at,
  message: { kind: 'delivery', ...identity, body: '' },
});
export const redrive = (run: number, receiveCount = 1, messageId = 'redrive'): Received => ({
  receiveCount,
  messageId,
  sentAt: sentAt + 1,
  message: { kind: 'redrive', ...identity, run, body: 'jwe' },
});
export const resolve = (run: number, verdict: 'exists' | 'absent' = 'absent'): Received => ({
  receiveCount: 1,
  messageId: 'resolve',
  sentAt: sentAt + 1,
  message: { kind: 'resolve', ...identity, run, verdict, body: 'jwe' },
});

export const mapped = (content: string, reference?: string): Mapped => ({
  kind: 'rejected',
  message: '',
  content,
  ...(reference === undefined ? {} : { reference }),
});
export const ignored: Mapped = { kind: 'ignored', why: 'accept' };
