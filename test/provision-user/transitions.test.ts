import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  claim,
  clearCrashes,
  end,
  giveBack,
  markSuspect,
  noteConflict,
  reopened,
  survived,
} from '../../lambdas/provision-user/transitions.ts';
import { currentStep, type SignupItem } from '../../lambdas/signups/ledger.ts';
import { because, calling, done, item, now, suspect, waiting } from './items.ts';

const stamp = { writeId: 'mine', expires: 9 };
const password = { sealed: 'jwe', credentials: null };
const ending = { outcome: 'created', reason: null, event: 'text', finishedAt: 'then', body: '' } as const;

describe('a claim', () => {
  it('counts the call and the fence, and holds until its lease is over', () => {
    const claimed = claim(item(waiting(now)), now + 90_000, password, stamp);
    expect(claimed).toMatchObject({ fence: 4, lease: now + 90_000, ...stamp });
    expect(currentStep(claimed)).toMatchObject({ state: 'calling', attempt: 1, password });
  });

  it('of a suspect counts the crash, and a call that was under way may have been carried out', () => {
    const marked = markSuspect(item(calling(), { crashes: 1 }), now, stamp);
    expect(marked).toMatchObject({ crashes: 2, fence: 4, lease: now });
    expect(currentStep(marked)).toMatchObject({ state: 'suspect', maybeDone: true });
    expect(currentStep(markSuspect(item(waiting(now)), now, stamp))).toMatchObject({ maybeDone: false });
  });

  it('of an ended signup’s late copy changes nothing but the count', () => {
    const found = item(done('created'));
    expect(markSuspect(found, now, stamp)).toEqual({ ...found, ...stamp, crashes: 1 });
  });

  it('that was survived is given up, and its crash is no crash', () => {
    const marked = markSuspect(item(suspect(), { crashes: 2 }), now, stamp);
    expect(survived(marked, stamp)).toMatchObject({ crashes: 2, lease: 0, fence: 4 });
  });
});

describe('an orderly return', () => {
  it('counts itself, clears the crashes and gives up the claim', () => {
    const back = giveBack(
      item(calling(), { crashes: 3, lease: now }),
      { notBefore: now + 5, reason: because, maybeDone: false },
      stamp,
    );
    expect(back).toMatchObject({ crashes: 0, lease: 0, fence: 3 });
    expect(currentStep(back)).toMatchObject({ state: 'waiting', returns: 1, notBefore: now + 5, attempt: 1 });
  });

  it.each([
    [false, false, false],
    [false, true, true],
    [true, false, true],
    [true, true, true],
  ])('of a call in doubt: %s, and then %s, is in doubt: %s', (maybeDone, then, doubt) => {
    const back = giveBack(item(calling({ maybeDone })), { notBefore: now, reason: because, maybeDone: then }, stamp);
    expect(currentStep(back).maybeDone).toBe(doubt);
  });
});

describe('an end', () => {
  it('holds the event’s text and number, and forgets the made password', () => {
    const ended = end(claim(item(waiting(now)), now, password, stamp), ending, stamp);
    expect(ended).toMatchObject({ sequence: 2, crashes: 0, lease: 0 });
    expect(currentStep(ended)).toMatchObject({ state: 'done', run: 1, event: 'text' });
    expect(JSON.stringify(ended)).not.toContain('jwe');
  });

  it.each(['rejected', 'failed', 'unknown'] as const)('%s keeps the body, where a redrive finds it', (outcome) => {
    const ended = end(item(calling()), { ...ending, outcome, body: 'sealed' }, stamp);
    expect(ended).toMatchObject({ body: 'sealed', openIn: 'classroom', openedAt: 'then' });
  });

  it.each(['created', 'existing'] as const)('%s keeps no body, and is found by no redrive', (outcome) => {
    const open = { body: 'sealed', openIn: 'classroom', openedAt: 'before' };
    const ended = end(item(calling(), open), { ...ending, outcome }, stamp);
    expect(ended).not.toHaveProperty('body');
    expect(ended).not.toHaveProperty('openIn');
  });

  it('that nobody is told of takes no number', () => {
    expect(end(item(suspect()), { ...ending, outcome: 'ignored', event: null }, stamp)).toMatchObject({ sequence: 1 });
  });
});

it('notes on an ended signup leave its steps and its run alone', () => {
  const found = item(done('created'), { crashes: 2, conflicts: ['a'] });
  expect(noteConflict(found, 'b', stamp)).toEqual({ ...found, ...stamp, conflicts: ['a', 'b'] });
  expect(clearCrashes(found, stamp)).toEqual({ ...found, ...stamp, crashes: 0 });
});

it('the next run begins afresh what is open, and leaves alone what ended well', () => {
  const found = item(done('created'), {
    steps: [done('created'), { ...done('rejected'), name: 'registration:algebra' }],
  });
  expect(reopened(found, ['rejected', 'failed'], false)).toMatchObject([
    { state: 'done', outcome: 'created' },
    { name: 'registration:algebra', state: 'suspect', attempt: 0, maybeDone: false },
  ]);
});

it('whatever the moves and their order: fence and sequence never fall, and doubt stays until the end', () => {
  const moves: Record<string, (from: SignupItem) => SignupItem> = {
    mark: (from) => markSuspect(from, now, stamp),
    claim: (from) => claim(from, now, undefined, stamp),
    return: (from) => giveBack(from, { notBefore: now, reason: because, maybeDone: false }, stamp),
    lose: (from) => giveBack(from, { notBefore: now, reason: because, maybeDone: true }, stamp),
    end: (from) => end(from, ending, stamp),
  };
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...Object.keys(moves)), { maxLength: 12 }), (names) => {
      let at = item(suspect());
      for (const name of names) {
        if (currentStep(at).state === 'done') return;
        const next = moves[name]?.(at) ?? at;
        expect(next.fence).toBeGreaterThanOrEqual(at.fence);
        expect(next.sequence).toBeGreaterThanOrEqual(at.sequence);
        if (currentStep(at).maybeDone) expect(currentStep(next).maybeDone).toBe(true);
        at = next;
      }
    }),
  );
});
