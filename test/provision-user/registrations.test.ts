import { describe, expect, it } from 'vitest';
import { arrive, consider, type Received } from '../../lambdas/provision-user/decide.ts';
import { claim, end, freshStep, withSteps } from '../../lambdas/provision-user/transitions.ts';
import {
  currentStep,
  eventsOf,
  openOutcomes,
  outcomeOf,
  registrationSteps,
  type SignupItem,
} from '../../lambdas/signups/ledger.ts';
import type { Mapped } from '../../lambdas/signups/map-signup.ts';
import type { Outcome } from '../../lambdas/signups/outcome.ts';

const stamp = { writeId: 'w', expires: 1 };
const now = 1_000_000;
const visibilityMs = 360_000;
const both = registrationSteps(['algebra', 'biology']);

const start: SignupItem = {
  id: 'courses#shop.1',
  kind: 'signup',
  signupId: 'shop.1',
  source: 'shop',
  destination: 'courses',
  run: 1,
  fence: 1,
  lease: now + 1_000,
  writeId: 'w0',
  crashes: 0,
  messageId: 'first',
  sentAt: 10,
  acceptedAt: '2026-11-22T10:17:00.000Z',
  content: 'one',
  sequence: 0,
  conflicts: [],
  steps: [freshStep('account')],
  expires: 1,
};

/** The item with its current step called and ended; the event names step and run. */
function ended(item: SignupItem, outcome: Outcome, next: readonly string[] = []): SignupItem {
  const called = claim(item, now + 1_000, undefined, stamp);
  const event = `${currentStep(item).name}/${item.run}`;
  const steps = { steps: next, leaseUntil: now + 1_000 };
  return end(called, { outcome, reason: null, event, finishedAt: 'then', body: 'jwe', next: steps }, stamp);
}

const from = { signupId: 'shop.1', source: 'shop', acceptedAt: '2026-11-22T10:17:00.000Z', body: '' };
const delivery = (over: Partial<Received> = {}): Received => ({
  receiveCount: 2,
  messageId: 'first',
  sentAt: 10,
  message: { kind: 'delivery', ...from },
  ...over,
});
const redrive = (run: number): Received => ({
  receiveCount: 1,
  messageId: 'second',
  sentAt: 20,
  message: { kind: 'redrive', run, ...from },
});
const resolve = (run: number): Received => ({
  receiveCount: 1,
  messageId: 'second',
  sentAt: 20,
  message: { kind: 'resolve', run, verdict: 'absent', ...from },
});
const mapped = (content: string): Mapped => ({ kind: 'rejected', message: '', content });
const names = (item: SignupItem) => item.steps.map((step) => `${step.name} ${outcomeOf(step) ?? step.state}`);

describe('the steps of a signup', () => {
  it('hold one registration for each offering, none twice', () => {
    expect(registrationSteps(['algebra', 'biology', 'algebra'])).toEqual([
      'registration:algebra',
      'registration:biology',
    ]);
    expect(withSteps(withSteps(start, both), both).steps).toHaveLength(3);
  });

  it('go on under the same claim when the account has ended well', () => {
    const item = ended(start, 'created', both);
    expect(names(item)).toEqual(['account created', 'registration:algebra suspect', 'registration:biology suspect']);
    expect(item.lease).toBe(now + 1_000);
    expect(arrive('courses', item, delivery(), now, visibilityMs)).toEqual({ kind: 'come-back', until: now + 1_000 });
  });

  it('have ended, and let go of the claim, when the last one has', () => {
    const item = ended(ended(ended(start, 'created', both), 'created'), 'existing');
    expect(currentStep(item).state).toBe('done');
    expect(item).toMatchObject({ lease: 0, sequence: 3 });
    expect(eventsOf(item)).toEqual(['account/1', 'registration:algebra/1', 'registration:biology/1']);
    expect(item).not.toHaveProperty('openIn');
  });
});

describe('a worker that died between two steps', () => {
  it('leaves a suspect, and the account’s event is told before the registration is touched', () => {
    const item = { ...ended(start, 'created', both), lease: now };
    expect(arrive('courses', item, delivery(), now, visibilityMs)).toMatchObject({
      kind: 'mark-suspect',
      item: { run: 1 },
    });
    expect(consider('courses', item, delivery(), mapped('one'), now)).toMatchObject({
      kind: 'attempt',
      tellFirst: ['account/1'],
    });
  });

  it('need not be told for once the registration was claimed', () => {
    const item = claim(ended(start, 'created', both), now, undefined, stamp);
    expect(consider('courses', item, delivery(), mapped('one'), now)).toMatchObject({ kind: 'attempt', tellFirst: [] });
  });
});

describe('the next run of a signup with registrations', () => {
  const rejected = ended(ended(ended(start, 'created', both), 'rejected'), 'unknown');

  it('begins a rejected registration afresh and leaves alone the account, and what nobody knows', () => {
    expect(openOutcomes(rejected)).toEqual(['rejected', 'unknown']);
    expect(rejected).toMatchObject({ openIn: 'courses', body: 'jwe' });
    const considered = consider('courses', rejected, redrive(2), mapped('one'), now);
    if (considered.kind !== 'attempt') throw new Error(considered.kind);
    expect(considered.item.run).toBe(2);
    expect(names(considered.item)).toEqual([
      'account created',
      'registration:algebra suspect',
      'registration:biology unknown',
    ]);
    expect(considered.tellFirst).toEqual(['account/1', 'registration:algebra/1', 'registration:biology/1']);
  });

  it('begins what nobody knew afresh after a person’s word', () => {
    const considered = consider('courses', rejected, resolve(2), mapped('one'), now);
    if (considered.kind !== 'attempt') throw new Error(considered.kind);
    expect(names(considered.item)).toEqual([
      'account created',
      'registration:algebra rejected',
      'registration:biology suspect',
    ]);
  });

  it('tells only its own events', () => {
    const considered = consider('courses', rejected, redrive(2), mapped('one'), now);
    if (considered.kind !== 'attempt') throw new Error(considered.kind);
    expect(eventsOf(ended(considered.item, 'created'))).toEqual(['registration:algebra/2']);
  });

  it('is not started by other content of the sender: there is an account, so it is a conflict only if all has ended well', () => {
    const later = delivery({ receiveCount: 1, messageId: 'third', sentAt: 30 });
    expect(consider('courses', rejected, later, mapped('two'), now)).toMatchObject({
      kind: 'tell-again',
      conflict: null,
    });
    const well = ended(ended(ended(start, 'created', both), 'created'), 'created');
    expect(consider('courses', well, later, mapped('two'), now)).toMatchObject({ kind: 'tell-again', conflict: 'two' });
  });
});
