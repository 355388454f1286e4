import { describe, expect, it } from 'vitest';
import {
  claim,
  clearCrashes,
  end,
  freshStep,
  giveBack,
  markSuspect,
  noteConflict,
  reopened,
  survived,
  withSteps,
} from '../../lambdas/provision-user/transitions.ts';
import type { SignupItem } from '../../lambdas/signups/ledger.ts';
import { currentStep } from '../../lambdas/signups/ledger.ts';
import { calling, ended, now, start, waiting } from './signup-items.ts';

const stamp = { writeId: 'fresh', expires: 99 };
const reason = { code: 'vendor-unavailable', message: 'busy' } as const;
const password = { sealed: 'sealed', credentials: null };

describe('a claim', () => {
  it('counts the attempt and the fence, and keeps what the step was', () => {
    const item = claim({ ...waiting(now), crashes: 2 }, now + 9, undefined, stamp);
    expect(item).toMatchObject({ ...stamp, fence: 5, lease: now + 9, crashes: 2 });
    expect(currentStep(item)).toEqual({ name: 'account', state: 'calling', attempt: 1, returns: 1, maybeDone: false });
  });

  it('holds the password that was made for its call, and no earlier one where the call sets another', () => {
    const made = claim(start, now, password, stamp);
    expect(currentStep(made)).toMatchObject({ password });
    expect(currentStep(claim(made, now, undefined, stamp))).not.toHaveProperty('password');
  });
});

describe('a suspect', () => {
  it('is claimed, and its crash counted', () => {
    const item = markSuspect({ ...waiting(now), crashes: 1 }, now + 9, stamp);
    expect(item).toMatchObject({ ...stamp, crashes: 2, fence: 5, lease: now + 9 });
    expect(currentStep(item)).toMatchObject({ state: 'suspect', maybeDone: false, returns: 1 });
  });

  it('whose vendor was being called may have been done, and stays so', () => {
    const item = markSuspect(calling(now), now + 9, stamp);
    expect(currentStep(item).maybeDone).toBe(true);
    expect(currentStep(markSuspect(item, now + 9, stamp)).maybeDone).toBe(true);
  });

  it('that has ended is counted, and nothing else is touched', () => {
    const found = ended('created');
    expect(markSuspect(found, now + 9, stamp)).toEqual({ ...found, ...stamp, crashes: 1 });
  });

  it('whose worker lived on was none, and its claim is given up', () => {
    const marked = markSuspect({ ...waiting(now), crashes: 1 }, now + 9, stamp);
    expect(survived(marked, stamp)).toEqual({ ...marked, ...stamp, crashes: 1, lease: 0 });
    expect(clearCrashes(marked, stamp)).toEqual({ ...marked, ...stamp, crashes: 0 });
  });
});

describe('an orderly return', () => {
  it('counts itself, forgets crashes and the claim, and says why and until when', () => {
    const item = giveBack({ ...calling(now + 9), crashes: 3 }, { notBefore: now + 5, reason, maybeDone: false }, stamp);
    expect(item).toMatchObject({ ...stamp, crashes: 0, lease: 0, fence: 5 });
    expect(currentStep(item)).toEqual({
      ...{ name: 'account', state: 'waiting', attempt: 1, returns: 1, maybeDone: false },
      ...{ notBefore: now + 5, reason },
    });
  });

  it('may have been done if this call may, or an earlier one', () => {
    const lost = giveBack(start, { notBefore: now, reason, maybeDone: true }, stamp);
    expect(currentStep(lost).maybeDone).toBe(true);
    expect(currentStep(giveBack(lost, { notBefore: now, reason, maybeDone: false }, stamp)).maybeDone).toBe(true);
  });
});

describe('an end', () => {
  const ending = { reason: null, event: 'text', finishedAt: 'then', body: 'jwe' } as const;
  const open: SignupItem = { ...calling(now), crashes: 2, body: 'old', openIn: 'classroom', openedAt: 'before' };

  it('takes the next number, lets go of the claim, and forgets crashes', () => {
    const item = end(open, { ...ending, outcome: 'created', account: { userId: '7' } }, stamp);
    expect(item).toMatchObject({ ...stamp, sequence: 3, lease: 0, crashes: 0, fence: 5 });
    expect(currentStep(item)).toEqual({
      ...{ name: 'account', state: 'done', attempt: 1, returns: 0, maybeDone: false },
      ...{ run: 1, outcome: 'created', reason: null, event: 'text', account: { userId: '7' } },
    });
  });

  it.each(['created', 'existing', 'ignored'] as const)('as %s keeps no body and is in no list', (outcome) => {
    const item = end(open, { ...ending, outcome }, stamp);
    for (const field of ['body', 'openIn', 'openedAt']) expect(item).not.toHaveProperty(field);
    expect(currentStep(item)).not.toHaveProperty('account');
  });

  it.each(['rejected', 'failed', 'unknown'] as const)(
    'as %s keeps the body, and is in its destination’s list',
    (outcome) => {
      const item = end(open, { ...ending, outcome, reason }, stamp);
      expect(item).toMatchObject({ body: 'jwe', openIn: 'classroom', openedAt: 'then' });
      expect(currentStep(item)).toMatchObject({ reason });
    },
  );

  it('without an event takes no number', () => {
    expect(end(open, { ...ending, outcome: 'ignored', event: null }, stamp).sequence).toBe(2);
  });

  it.each(['created', 'existing'] as const)('as %s forgets the password that was made', (outcome) => {
    const item = end(claim(start, now, password, stamp), { ...ending, outcome }, stamp);
    expect(JSON.stringify(item)).not.toContain('sealed');
  });

  it.each(['unknown', 'failed', 'rejected'] as const)('as %s keeps the password for the next run', (outcome) => {
    const item = end(claim(start, now, password, stamp), { ...ending, outcome }, stamp);
    expect(reopened(item, [outcome], false)).toEqual([{ ...freshStep('account'), password }]);
  });

  it('goes on under the claim where steps follow', () => {
    const next = { steps: ['registration:a'], leaseUntil: now + 5 };
    const item = end(open, { ...ending, outcome: 'created', next }, stamp);
    expect(item.lease).toBe(now + 5);
    expect(currentStep(item)).toEqual(freshStep('registration:a'));
    expect(end(open, { ...ending, outcome: 'created', next: { ...next, steps: [] } }, stamp).lease).toBe(0);
    const first = withSteps(open, ['registration:a']);
    expect(end(first, { ...ending, outcome: 'created' }, stamp).lease).toBe(0);
  });
});

it('steps that are there already are not added again', () => {
  expect(withSteps(start, ['account', 'registration:a', 'registration:b']).steps.map(({ name }) => name)).toEqual([
    'account',
    'registration:a',
    'registration:b',
  ]);
});

it('a new run begins afresh what ended so, and leaves the rest as it ended', () => {
  const found = withSteps(ended('rejected'), ['registration:a']);
  expect(reopened(found, ['rejected'], true)).toEqual([freshStep('account', true), freshStep('registration:a')]);
  expect(reopened(found, ['unknown'], false)).toEqual(found.steps);
});

it('a conflict is noted behind the others', () => {
  const noted = noteConflict(noteConflict(ended('created'), 'one', stamp), 'two', stamp);
  expect(noted).toMatchObject({ ...stamp, conflicts: ['one', 'two'] });
});
