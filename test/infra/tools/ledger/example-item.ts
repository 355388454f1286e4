import jwe from '../../../../infra/contract/example/jwe.json' with { type: 'json' };
import type { SignupItem, Step } from '../../../../lambdas/signups/ledger.ts';
import type { Reason, ToldOutcome } from '../../../../lambdas/signups/outcome.ts';
import { writeEvent } from '../../../../lambdas/signups/write-event.ts';

export const signupId = 'shop.8fk2AAAAAAAAAAAAAAAAAA';
export const now = Date.parse('2026-11-22T12:00:00Z');
const at = '2026-11-22T11:00:00.000Z';

/** A step that ended, with its event. */
export function ended(name: string, outcome: ToldOutcome, reason: Reason | null = null): Step {
  const event = writeEvent('prod', name, 1, {
    outcome,
    signupId,
    run: 1,
    reference: '1001',
    source: 'shop',
    destination: 'classroom',
    platform: 'electa',
    person: { email: 'Ada@Example.com', firstName: 'Ada', lastName: 'Lovelace', locale: null },
    offering: null,
    registrationId: null,
    account: { userId: '9041', username: 'ada9041', role: 'student' },
    loginUrl: null,
    credentials: { state: 'encrypted', jwe },
    notApplied: ['tags'],
    context: {},
    reason,
    attempts: 1,
    afterLostReply: outcome === 'existing',
    acceptedAt: at,
    finishedAt: at,
  });
  return {
    name,
    state: 'done',
    run: 1,
    attempt: 1,
    returns: 0,
    maybeDone: outcome === 'unknown',
    outcome,
    reason,
    event,
  };
}

export const item = (change: Partial<SignupItem> = {}): SignupItem => ({
  id: `classroom#${signupId}`,
  kind: 'signup',
  signupId,
  source: 'shop',
  destination: 'classroom',
  run: 1,
  fence: 1,
  lease: 0,
  writeId: 'w',
  crashes: 0,
  messageId: 'm1',
  sentAt: Date.parse(at),
  acceptedAt: at,
  content: 'c',
  reference: '1001',
  sequence: 1,
  conflicts: [],
  steps: [ended('account', 'created')],
  expires: now / 1000 + 90 * 86_400,
  ...change,
});
