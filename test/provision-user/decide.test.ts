import { describe, expect, it } from 'vitest';
import { arrive, consider, crashLimit, isSuspect, type Received } from '../../lambdas/provision-user/decide.ts';
import { noteConflict } from '../../lambdas/provision-user/transitions.ts';
import type { SignupItem, Step } from '../../lambdas/signups/ledger.ts';
import {
  calling,
  delivery,
  ended,
  ignored,
  mapped,
  now,
  redrive,
  resolve,
  sentAt,
  stamp,
  start,
  suspect,
  visibilityMs,
  waiting,
} from './signup-items.ts';

const arriving = (found: SignupItem | undefined, received: Received, at = now) =>
  arrive('classroom', found, received, at, visibilityMs);
const later = sentAt + 1;
const twin = delivery(2, sentAt, 'another message');

describe('a message that comes upon', () => {
  const cases: readonly [string, SignupItem | undefined, Received, string][] = [
    ['nothing, for the first time, is read', undefined, delivery(), 'read-on'],
    ['nothing, again, is a suspect', undefined, delivery(2), 'mark-suspect'],
    ['a claim that holds comes back', calling(now + 1), delivery(2), 'come-back'],
    ['a claim that is over is a suspect', calling(now), delivery(2), 'mark-suspect'],
    ['a suspect under its claim comes back', suspect(now + 1), delivery(2), 'come-back'],
    ['a suspect whose claim is over is one again', suspect(now), delivery(2), 'mark-suspect'],
    ['a signup that is not due comes back', waiting(now + 1), delivery(2), 'come-back'],
    ['a signup that is due is read', waiting(now), delivery(2), 'read-on'],
    ['a signup long past its time is a suspect', waiting(now - visibilityMs), delivery(2), 'mark-suspect'],
    ['a signup long past its time is read by a new message', waiting(now - visibilityMs), delivery(1), 'read-on'],
    ['a run by another run’s redrive is over', waiting(now), redrive(2), 'drop'],
    ['a run by its own redrive goes on', waiting(now), redrive(1, 1, start.messageId), 'read-on'],
    ['a run that another message was faster to start, by a redrive, comes back', waiting(now), redrive(1), 'come-back'],
    [
      'a run that another message was faster to start, by a person’s word, comes back',
      waiting(now),
      resolve(1),
      'come-back',
    ],
    ['a claim by another run’s redrive is over', calling(now + 1), redrive(2), 'drop'],
    ['a run, from the sender again, comes back', waiting(now), delivery(1, later), 'come-back'],
    ['a run, from another message of the same millisecond, comes back', waiting(now), twin, 'come-back'],
    ['an end is told again', ended('created'), delivery(2), 'tell-again'],
    ['an end from an older message is told again', ended('rejected'), delivery(1, sentAt - 1), 'tell-again'],
    ['an end from a later message is read', ended('created'), delivery(1, later), 'read-on'],
    ['an end from a later message, again, is a suspect', ended('created'), delivery(2, later), 'mark-suspect'],
    ['what was ignored is read', ended('ignored'), delivery(1), 'read-on'],
    ['an end by its own redrive is told again', ended('rejected'), redrive(1), 'tell-again'],
    ['an open end by the next redrive is read', ended('rejected'), redrive(2), 'read-on'],
    ['an open end by the next redrive, again, is a suspect', ended('failed'), redrive(2, 2), 'mark-suspect'],
    ['an open end by a redrive too far is over', ended('rejected'), redrive(3), 'drop'],
    ['a good end by a redrive is over', ended('created'), redrive(2), 'drop'],
    ['what nobody knows by a redrive is over', ended('unknown'), redrive(2), 'drop'],
    ['what nobody knows by a person’s word is read', ended('unknown'), resolve(2), 'read-on'],
    ['what was rejected by a person’s word is over', ended('rejected'), resolve(2), 'drop'],
  ];
  it.each(cases)('%s', (_, found, received, kind) => {
    expect(arriving(found, received).kind).toBe(kind);
    expect(isSuspect(found, received, now, visibilityMs)).toBe(kind === 'mark-suspect');
  });

  it('a claim comes back when it ends, and a signup when it is due', () => {
    expect(arriving(calling(now + 5), delivery(2))).toEqual({ kind: 'come-back', until: now + 5 });
    expect(arriving(waiting(now + 9), delivery(2))).toEqual({ kind: 'come-back', until: now + 9 });
  });

  it('a run, from the sender again, comes back after half a minute, or when the run goes on', () => {
    expect(arriving(waiting(now), delivery(1, later))).toEqual({ kind: 'come-back', until: now + 30_000 });
    expect(arriving(waiting(now + 40_000), delivery(1, later))).toEqual({ kind: 'come-back', until: now + 40_000 });
  });

  it('a run that has lost its own message is taken up by the sender’s other one', () => {
    const lost = now - 2 * visibilityMs;
    expect(arriving(waiting(lost + 1), delivery(1, later)).kind).toBe('come-back');
    expect(arriving(waiting(lost), delivery(1, later)).kind).toBe('read-on');
  });
});

describe('a suspect', () => {
  it('that nobody has written about starts with nothing behind it', () => {
    expect(arriving(undefined, delivery(2))).toMatchObject({
      item: {
        id: 'classroom#shop.1',
        run: 1,
        fence: 0,
        sequence: 0,
        sentAt,
        content: '',
        steps: [{ name: 'account' }],
      },
      seen: null,
      tellFirst: [],
    });
  });

  it('is the item as it stands', () => {
    const found = calling(now);
    expect(arriving(found, delivery(2))).toEqual({ kind: 'mark-suspect', item: found, seen: 'seen', tellFirst: [] });
  });

  it('upon something ignored starts afresh, with nothing to tell', () => {
    expect(arriving(ended('ignored'), delivery(2, later))).toMatchObject({
      kind: 'mark-suspect',
      item: { run: 1, sentAt: later, fence: 5, steps: [{ state: 'suspect', attempt: 0 }] },
      seen: 'seen',
      tellFirst: [],
    });
  });

  it('that starts the next run tells the earlier one’s event first, and keeps what counts', () => {
    const found = { ...ended('rejected'), conflicts: ['two'], person: 'classroom#person#1' };
    expect(arriving(found, redrive(2, 2))).toMatchObject({
      kind: 'mark-suspect',
      item: { run: 2, fence: 5, sequence: 3, conflicts: ['two'], person: 'classroom#person#1', crashes: 0 },
      seen: 'seen',
      tellFirst: ['account 1'],
    });
  });

  it('ends unread with its fifth crash, as what it was', () => {
    expect(crashLimit).toBe(5);
    const found = { ...calling(now), crashes: 4 };
    expect(arriving(found, delivery(2))).toEqual({ kind: 'end-crashed', item: found, seen: 'seen' });
    expect(arriving({ ...found, crashes: 3 }, delivery(2)).kind).toBe('mark-suspect');
    const over = { ...ended('created'), crashes: 4 };
    expect(arriving(over, delivery(2, later))).toEqual({ kind: 'leave-unread', item: over });
  });
});

describe('a mapped message', () => {
  const considering = (found: SignupItem | undefined, received: Received, what = mapped('one')) =>
    consider('classroom', found, received, what, now);

  it('of a signup that nobody knows starts the first run', () => {
    expect(considering(undefined, delivery(), mapped('one', '1001'))).toMatchObject({
      kind: 'attempt',
      item: {
        ...{ id: 'classroom#shop.1', kind: 'signup', signupId: 'shop.1', source: 'shop', destination: 'classroom' },
        ...{ run: 1, content: 'one', reference: '1001', acceptedAt: '2026-11-22T10:17:00.000Z', conflicts: [] },
      },
      seen: null,
      tellFirst: [],
    });
  });

  it('of a redrive whose signup the ledger has forgotten starts the run that it says', () => {
    expect(considering(undefined, redrive(4))).toMatchObject({ kind: 'attempt', item: { run: 4 }, seen: null });
  });

  it('of a person takes the reference along, and none where there is none', () => {
    const signup = { email: 'a@b.c', firstName: 'A', lastName: 'B', tags: [], offerings: [] } as const;
    const rest = { role: 'student', permissions: {}, context: {} } as const;
    const person = { kind: 'signup', signup: { ...signup, ...rest, reference: '7' }, content: 'c' } as const;
    expect(considering(undefined, delivery(), person)).toMatchObject({ item: { reference: '7', content: 'c' } });
    const none = considering(undefined, delivery());
    expect(none.kind === 'attempt' && 'reference' in none.item).toBe(false);
  });

  it('that is no signup here is ignored, once, and gives way to one that is', () => {
    expect(considering(undefined, delivery(), ignored)).toMatchObject({
      kind: 'ignore',
      seen: null,
      item: { content: '' },
    });
    expect(considering(ended('ignored'), delivery(1, later), ignored)).toEqual({ kind: 'drop' });
    expect(considering(ended('ignored'), delivery(1, later))).toMatchObject({
      kind: 'attempt',
      seen: 'seen',
      item: { run: 1, sentAt: later, fence: 5, sequence: 2 },
    });
  });

  it('that died with its worker before anything was read, and is no signup here, is ignored', () => {
    const unread = { ...suspect(now), content: '' };
    expect(considering(unread, delivery(2), ignored)).toEqual({ kind: 'ignore', item: unread, seen: 'seen' });
    expect(considering(unread, delivery(2))).toMatchObject({ kind: 'attempt', item: { content: 'one' } });
    expect(considering(suspect(now), delivery(2), ignored)).toMatchObject({ kind: 'attempt', item: { content: '' } });
    const called: Step = { name: 'account', state: 'suspect', attempt: 1, returns: 0, maybeDone: true };
    expect(considering({ ...unread, steps: [called] }, delivery(2), ignored).kind).toBe('attempt');
    expect(considering({ ...waiting(now), content: '' }, delivery(2), ignored).kind).toBe('attempt');
  });

  it('of the run’s own is worked on, whatever it says now', () => {
    expect(considering(waiting(now), delivery(2), mapped('two'))).toMatchObject({
      kind: 'attempt',
      item: { content: 'two', run: 1 },
      seen: 'seen',
    });
    expect(considering(waiting(now), redrive(1, 1, start.messageId), mapped('two')).kind).toBe('attempt');
  });

  it('of a redrive that comes upon a correction’s run leaves it alone, for it says what was corrected', () => {
    expect(considering(waiting(now), redrive(1), mapped('two')).kind).toBe('come-back');
  });

  it('of the sender’s other delivery is worked on only if it says the same, or nothing was read yet', () => {
    expect(considering(waiting(now), delivery(1, later)).kind).toBe('attempt');
    expect(considering({ ...waiting(now), content: '' }, delivery(1, later), mapped('two')).kind).toBe('attempt');
    expect(considering(waiting(now + 50_000), delivery(1, later), mapped('two'))).toEqual({
      kind: 'come-back',
      until: now + 50_000,
    });
    expect(considering(waiting(now), delivery(1, later), ignored)).toEqual({ kind: 'come-back', until: now + 30_000 });
  });

  it('tells what came before only where nobody has touched the step', () => {
    const untouched = {
      ...ended('created'),
      steps: [...ended('created').steps, ...start.steps.map(named('registration:a'))],
    };
    expect(considering(untouched, delivery(2))).toMatchObject({ tellFirst: ['account 1'] });
    const returned = { ...untouched, steps: untouched.steps.map((step) => ({ ...step, returns: 1 })) };
    expect(considering(returned, delivery(2))).toMatchObject({ tellFirst: [] });
  });

  it('of an ended signup with the same content is told again', () => {
    const found = ended('created');
    expect(considering(found, delivery(1, later))).toEqual({ kind: 'tell-again', item: found, conflict: null });
  });

  it('with other content after a refusal is a correction: the next run, which tells the earlier one first', () => {
    for (const outcome of ['rejected', 'failed'] as const)
      expect(considering(ended(outcome), delivery(1, later), mapped('two'))).toMatchObject({
        kind: 'attempt',
        item: { run: 2, content: 'two', sentAt: later, steps: [{ state: 'suspect', attempt: 0, maybeDone: false }] },
        seen: 'seen',
        tellFirst: ['account 1'],
      });
    expect(considering(ended('rejected'), delivery(1, sentAt), mapped('two')).kind).toBe('tell-again');
    expect(considering(ended('rejected'), delivery(1, later), ignored).kind).toBe('tell-again');
  });

  it('with other content after an account is a conflict, once', () => {
    const found = ended('created');
    const conflict = { kind: 'tell-again', item: found, conflict: 'two' };
    expect(considering(found, delivery(1, later), mapped('two'))).toEqual(conflict);
    const noted = noteConflict(found, 'two', stamp);
    expect(considering(noted, delivery(1, later), mapped('two'))).toMatchObject({ conflict: null });
    expect(considering(noted, delivery(1, later), mapped('three'))).toMatchObject({ conflict: 'three' });
    expect(considering(found, delivery(1, sentAt), mapped('two'))).toMatchObject({ conflict: null });
  });

  it('with other content while nobody knows is no conflict, and starts nothing', () => {
    expect(considering(ended('unknown'), delivery(1, later), mapped('two'))).toMatchObject({
      kind: 'tell-again',
      conflict: null,
    });
  });

  it('of a redrive starts the next run of what is open, and nothing else', () => {
    expect(considering(ended('failed'), redrive(2))).toMatchObject({ kind: 'attempt', item: { run: 2 } });
    for (const found of [ended('created'), ended('existing'), ended('unknown')])
      expect(considering(found, redrive(2))).toEqual({ kind: 'drop' });
    expect(considering(ended('failed'), redrive(3))).toEqual({ kind: 'drop' });
  });

  it('of a person’s word starts the next run, in which "it exists" stands whatever comes', () => {
    const maybeDone = (verdict: 'exists' | 'absent') => {
      const considered = considering(ended('unknown'), resolve(2, verdict));
      return considered.kind === 'attempt' && considered.item.steps[0]?.maybeDone;
    };
    expect([maybeDone('exists'), maybeDone('absent')]).toEqual([true, false]);
  });
});

const named = (name: string) => (step: Step) => ({ ...step, name });
