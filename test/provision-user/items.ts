import type { Received } from '../../lambdas/provision-user/decide.ts';
import { freshStep } from '../../lambdas/provision-user/transitions.ts';
import type { SignupItem, Step } from '../../lambdas/signups/ledger.ts';
import type { Mapped } from '../../lambdas/signups/map-signup.ts';
import type { Outcome, Reason } from '../../lambdas/signups/outcome.ts';
import type { Signup } from '../../lambdas/signups/signup.ts';

/** The ledger's items and the queue's messages, as the tests of the worker tell of them. */

export const now = Date.UTC(2026, 10, 22, 10);
export const visibilityMs = 360_000;
export const destination = 'classroom';
export const because: Reason = { code: 'vendor-unavailable', message: 'the vendor is down' };

export const signup: Signup = {
  email: 'ada@example.com',
  firstName: 'Ada',
  lastName: 'Lovelace',
  tags: [],
  offerings: [],
  role: 'student',
  permissions: {},
  context: {},
};

const account = freshStep('account');

export const suspect = (over: Partial<Step> = {}): Step => ({ ...account, ...over, state: 'suspect' });
export const calling = (over: { maybeDone?: boolean; attempt?: number } = {}): Step => ({
  ...account,
  attempt: 1,
  ...over,
  state: 'calling',
});
export const waiting = (notBefore: number, over: { maybeDone?: boolean; returns?: number } = {}): Step => ({
  ...account,
  returns: 1,
  ...over,
  state: 'waiting',
  notBefore,
  reason: because,
});
export const done = (outcome: Outcome, run = 1): Step => ({
  ...account,
  attempt: 1,
  state: 'done',
  run,
  outcome,
  reason: null,
  event: outcome === 'ignored' ? null : `event of ${outcome}, run ${run}`,
});

/** A signup whose run was begun by a message sent at 10. */
export const item = (step: Step, over: Partial<SignupItem> = {}): SignupItem => ({
  id: `${destination}#shop.ada`,
  kind: 'signup',
  signupId: 'shop.ada',
  source: 'shop',
  destination,
  run: 1,
  fence: 3,
  lease: 0,
  writeId: 'seen',
  crashes: 0,
  sentAt: 10,
  acceptedAt: '2026-11-22T09:59:00.000Z',
  content: 'one',
  sequence: 1,
  conflicts: [],
  steps: [step],
  expires: 1,
  ...over,
});

const from = { signupId: 'shop.ada', source: 'shop', acceptedAt: '2026-11-22T09:59:00.000Z' };

/** The run's own message, unless it is said otherwise. */
export const delivery = (over: Partial<Omit<Received, 'message'>> = {}): Received => ({
  message: { kind: 'delivery', ...from, contentType: 'application/json', body: 'e30=' },
  receiveCount: 1,
  sentAt: 10,
  ...over,
});
export const redrive = (run: number, receiveCount = 1): Received => ({
  message: { kind: 'redrive', ...from, run, body: 'jwe' },
  receiveCount,
  sentAt: 50,
});
export const resolve = (run: number, verdict: 'exists' | 'absent' = 'absent', receiveCount = 1): Received => ({
  message: { kind: 'resolve', ...from, run, verdict, body: 'jwe' },
  receiveCount,
  sentAt: 50,
});

export const mapped = (content: string): Mapped => ({ kind: 'signup', signup, content });
export const refusedByMapping = (content: string): Mapped => ({
  kind: 'rejected',
  message: 'email: is missing',
  content,
});
export const noSignup: Mapped = { kind: 'ignored', why: 'accept' };
