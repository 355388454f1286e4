import type { EventData } from '../../lambdas/signups/event.ts';
import type { DoneStep, MadePassword, SignupItem, Step } from '../../lambdas/signups/ledger.ts';
import { signupItemId } from '../../lambdas/signups/ledger.ts';
import { isOpen, type Outcome, type Reason, type ToldOutcome } from '../../lambdas/signups/outcome.ts';
import { writeEvent } from '../../lambdas/signups/write-event.ts';

/** Ledger items as a worker writes them, full of what must not be seen: every such text begins with `CANARY`. */

export const signupId = 'shop.8fk2Yw0q7rT-4_LmZpXa1c';
export const acceptedAt = '2026-11-22T10:17:00.000Z';
export const sentAt = '2026-11-22T10:17:01.000Z';
export const finishedAt = '2026-11-22T10:17:04.000Z';
export const now = Date.parse('2026-11-22T10:18:00.000Z');

const jwe = { ciphertext: 'CANARY-jwe', recipients: [{ encrypted_key: 'CANARY-encrypted-key' }] };
const password: MadePassword = { sealed: 'CANARY-sealed', credentials: jwe };
const stepBase = { name: 'account', attempt: 1, returns: 0, maybeDone: false };

export const unavailable: Reason = { code: 'vendor-unavailable', message: 'HTTP 503' };

export const calling: Step = { ...stepBase, state: 'calling', password };
export const suspect: Step = { ...stepBase, state: 'suspect', attempt: 0 };
export const waiting = (over: Partial<Extract<Step, { state: 'waiting' }>> = {}): Step => ({
  ...stepBase,
  state: 'waiting',
  password,
  notBefore: now + 60_000,
  reason: unavailable,
  ...over,
});

export function ended(outcome: Outcome, reason: Reason | null = null, told: Partial<EventData> = {}): DoneStep {
  const event = outcome === 'ignored' ? null : eventText(outcome, reason, told);
  return { ...stepBase, state: 'done', run: 1, outcome, reason, event };
}

const eventText = (outcome: ToldOutcome, reason: Reason | null, told: Partial<EventData>): string =>
  writeEvent('test', 'account', 1, {
    outcome,
    signupId,
    run: 1,
    reference: '1001',
    source: 'shop',
    destination: 'classroom',
    platform: 'electa',
    person: { email: 'CANARY@example.com', firstName: 'CANARY-first', lastName: 'CANARY-last', locale: 'en' },
    offering: null,
    registrationId: null,
    account: { userId: '9041', username: 'CANARY-username', role: 'student' },
    loginUrl: 'https://academy.example/classroom',
    credentials: { state: 'encrypted', jwe },
    notApplied: [],
    context: { note: 'CANARY-context' },
    reason,
    attempts: 1,
    afterLostReply: false,
    acceptedAt,
    finishedAt,
    ...told,
  });

/** An item of which somebody has the claim for half a minute. */
export function itemWith(step: Step, over: Partial<SignupItem> = {}): SignupItem {
  const open = step.state === 'done' && isOpen(step.outcome);
  const destination = over.destination ?? 'classroom';
  return {
    id: signupItemId(destination, signupId),
    kind: 'signup',
    signupId,
    source: 'shop',
    destination,
    run: 1,
    fence: 3,
    lease: now + 30_000,
    writeId: 'CANARY-write-id',
    crashes: 0,
    messageId: 'm1',
    sentAt: Date.parse(sentAt),
    acceptedAt,
    content: 'CANARY-content',
    reference: '1001',
    sequence: 1,
    conflicts: [],
    ...(open ? { body: 'CANARY-body', openIn: destination, openedAt: finishedAt } : {}),
    steps: [step],
    expires: 1_800_000_000,
    ...over,
  };
}

/** One item for every way in which the ledger can hold a signup. */
export const everyItem: readonly SignupItem[] = [
  itemWith(calling),
  itemWith(calling, { lease: now - 1 }),
  itemWith(suspect),
  itemWith(suspect, { lease: now - 1 }),
  itemWith(waiting()),
  itemWith(waiting({ maybeDone: true })),
  itemWith(ended('created')),
  itemWith(ended('existing', { code: 'vendor-duplicate', message: 'in use' }, { afterLostReply: true })),
  itemWith(ended('rejected', { code: 'vendor-rejected', message: 'CANARY@example.com is not wanted' })),
  itemWith(ended('failed', { code: 'gave-up', message: 'gave up' })),
  itemWith(ended('unknown', { code: 'vendor-reply-lost', message: 'reply lost' })),
  itemWith(ended('ignored')),
];
