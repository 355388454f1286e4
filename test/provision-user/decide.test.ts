import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrive, consider, crashLimit, type Received } from '../../lambdas/provision-user/decide.ts';
import type { SignupItem } from '../../lambdas/signups/ledger.ts';
import {
  calling,
  delivery,
  destination,
  done,
  item,
  mapped,
  noSignup,
  now,
  redrive,
  refusedByMapping,
  resolve,
  suspect,
  visibilityMs,
  waiting,
} from './items.ts';

const at = (found: SignupItem | undefined, received: Received) =>
  arrive(destination, found, received, now, visibilityMs);
const again = delivery({ receiveCount: 2 });
const copy = delivery({ sentAt: 20 });
const copyAgain = delivery({ sentAt: 20, receiveCount: 2 });
const leased = { lease: now + 1_000 };

describe('a message, before it is read', () => {
  const table: [string, SignupItem | undefined, Received, string][] = [
    ['that nobody has seen', undefined, delivery(), 'read-on'],
    ['that came before and left no trace', undefined, again, 'mark-suspect'],
    ['while its worker has the claim', item(calling(), leased), again, 'come-back'],
    ['whose worker’s claim is over', item(calling(), { lease: now }), again, 'mark-suspect'],
    ['under a suspect’s claim', item(suspect(), leased), again, 'come-back'],
    ['that waits and is not due', item(waiting(now + 1)), again, 'come-back'],
    ['that waits and is due', item(waiting(now)), again, 'read-on'],
    ['that waits and is a whole visibility late', item(waiting(now - visibilityMs)), again, 'mark-suspect'],
    ['that ended', item(done('created')), again, 'tell-again'],
    ['that ended rejected', item(done('rejected')), again, 'tell-again'],
    ['that was none of ours', item(done('ignored')), delivery(), 'read-on'],
    ['that was none of ours, redelivered', item(done('ignored')), again, 'mark-suspect'],
    ['sent again during the run', item(calling(), leased), copy, 'come-back'],
    ['sent again while the run waits', item(waiting(now)), copy, 'come-back'],
    ['sent again, of a run that lost its own', item(waiting(now - 2 * visibilityMs)), copy, 'read-on'],
    ['sent later, after the end', item(done('created')), copy, 'read-on'],
    ['sent later, after the end, redelivered', item(done('created')), copyAgain, 'mark-suspect'],
    ['sent earlier, after the end', item(done('failed')), delivery({ sentAt: 9, receiveCount: 2 }), 'tell-again'],
    ['a redrive of the next run', item(done('failed')), redrive(2), 'read-on'],
    ['a redrive of the next run, redelivered', item(done('failed')), redrive(2, 2), 'mark-suspect'],
    ['a redrive of this run, after its end', item(done('failed', 2), { run: 2 }), redrive(2), 'tell-again'],
    ['a redrive of an earlier run', item(waiting(now), { run: 3 }), redrive(2), 'drop'],
    ['a redrive of an account that stands', item(done('created')), redrive(2), 'drop'],
    ['a redrive of what nobody knows', item(done('unknown')), redrive(2), 'drop'],
    ['a redrive two runs ahead', item(done('failed')), redrive(3), 'drop'],
    ['a person’s word about what nobody knew', item(done('unknown')), resolve(2), 'read-on'],
    ['a person’s word about what was rejected', item(done('rejected')), resolve(2), 'drop'],
  ];
  it.each(table)('%s', (_what, found, received, kind) => {
    expect(at(found, received).kind).toBe(kind);
  });

  it('a suspect is ended unread when it has been one four times', () => {
    const found = item(suspect(), { crashes: crashLimit - 1, lease: now });
    expect(at(found, again)).toEqual({ kind: 'end-crashed', item: found, seen: 'seen' });
  });

  it('a late copy that has been a suspect four times is left unread', () => {
    expect(at(item(done('created'), { crashes: crashLimit - 1 }), copyAgain).kind).toBe('leave-unread');
  });

  it('a suspect redrive begins its run, and the earlier run’s event is told first', () => {
    expect(at(item(done('failed')), redrive(2, 2))).toMatchObject({
      kind: 'mark-suspect',
      item: { run: 2, sentAt: 50, fence: 3, sequence: 1, steps: [{ state: 'suspect', maybeDone: false }] },
      seen: 'seen',
      tellFirst: ['event of failed, run 1'],
    });
  });

  it('what a person found at the vendor stays done until it is recorded', () => {
    expect(at(item(done('unknown')), resolve(2, 'exists', 2))).toMatchObject({
      item: { run: 2, steps: [{ maybeDone: true }] },
    });
  });
});

const considered = (found: SignupItem | undefined, received: Received, content = mapped('one')) =>
  consider(destination, found, received, content, now);

describe('a message that was mapped', () => {
  it('is the first run of a signup that nobody has seen', () => {
    const { kind, ...rest } = considered(undefined, delivery());
    expect({ kind, ...rest }).toMatchObject({
      kind: 'attempt',
      seen: null,
      item: { run: 1, content: 'one', sentAt: 10 },
    });
  });

  it('goes on with its run, whatever a corrected mapping makes of it', () => {
    expect(considered(item(waiting(now)), delivery(), mapped('other'))).toMatchObject({
      kind: 'attempt',
      item: { content: 'other' },
    });
    expect(considered(item(waiting(now)), delivery(), refusedByMapping('other'))).toMatchObject({ kind: 'attempt' });
  });

  it('comes back where it says something else than the run that has lost its own message', () => {
    expect(considered(item(waiting(now)), copy, mapped('other'))).toEqual({ kind: 'come-back', until: now + 30_000 });
    expect(considered(item(waiting(now)), copy)).toMatchObject({ kind: 'attempt' });
  });

  const ends: [string, SignupItem, Received, string, string][] = [
    ['other content, later, after rejected', item(done('rejected')), copy, 'other', 'attempt'],
    ['other content, later, after failed', item(done('failed')), copy, 'other', 'attempt'],
    ['other content, later, after unknown', item(done('unknown')), copy, 'other', 'tell-again'],
    ['other content, sent no later, after rejected', item(done('rejected')), delivery(), 'other', 'tell-again'],
    ['the same content, later, after rejected', item(done('rejected')), copy, 'one', 'tell-again'],
    ['a redrive after failed', item(done('failed')), redrive(2), 'one', 'attempt'],
    ['a redrive after created', item(done('created')), redrive(2), 'one', 'drop'],
    ['a person’s word after unknown', item(done('unknown')), resolve(2), 'one', 'attempt'],
  ];
  it.each(ends)('%s', (_what, found, received, content, kind) => {
    expect(considered(found, received, mapped(content)).kind).toBe(kind);
  });

  it('other content after an account is a conflict, once for each content', () => {
    expect(considered(item(done('created')), copy, mapped('other'))).toMatchObject({ conflict: 'other' });
    expect(considered(item(done('created'), { conflicts: ['other'] }), copy, mapped('other'))).toMatchObject({
      conflict: null,
    });
  });

  it('is ignored where no item is, or where only its own crash was noted, and dropped where it was ignored before', () => {
    expect(considered(undefined, delivery(), noSignup).kind).toBe('ignore');
    expect(considered(item(suspect(), { content: '' }), again, noSignup).kind).toBe('ignore');
    expect(considered(item(done('ignored')), copy, noSignup).kind).toBe('drop');
  });

  it('is not ignored any more once a call may have been carried out', () => {
    expect(considered(item(suspect({ maybeDone: true }), { content: '' }), again, noSignup).kind).toBe('attempt');
  });

  it('that is accepted follows one that was ignored, as the first run', () => {
    expect(considered(item(done('ignored'), { sequence: 0 }), copy)).toMatchObject({
      kind: 'attempt',
      item: { run: 1, sentAt: 20 },
      tellFirst: [],
    });
  });
});

it('no message touches an account that stands, whatever it is and however often it came', () => {
  const messages = fc.oneof(
    fc.record({ sentAt: fc.integer({ min: 0, max: 30 }), receiveCount: fc.integer({ min: 1, max: 9 }) }).map(delivery),
    fc.integer({ min: 1, max: 3 }).map((run) => redrive(run)),
    fc.integer({ min: 1, max: 3 }).map((run) => resolve(run, 'exists')),
  );
  fc.assert(
    fc.property(
      messages,
      fc.constantFrom('created', 'existing'),
      fc.constantFrom('one', 'other'),
      (received, outcome, content) => {
        const found = item(done(outcome));
        const arrival = at(found, received);
        expect(['read-on', 'mark-suspect', 'tell-again', 'drop']).toContain(arrival.kind);
        if (arrival.kind === 'mark-suspect') expect(arrival.item).toBe(found);
        if (arrival.kind === 'read-on')
          expect(['tell-again', 'drop']).toContain(considered(found, received, mapped(content)).kind);
      },
    ),
  );
});
