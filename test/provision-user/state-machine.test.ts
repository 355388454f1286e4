import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arrive, consider } from '../../lambdas/provision-user/decide.ts';
import { backoff } from '../../lambdas/provision-user/patience.ts';
import { claim, end, giveBack, markSuspect } from '../../lambdas/provision-user/transitions.ts';
import { currentStep, type SignupItem } from '../../lambdas/signups/ledger.ts';
import { delivery, ended, mapped, now, redrive, resolve, sentAt, stamp, start, visibilityMs } from './signup-items.ts';

/** What holds for every item, message and order: the rules over the tables of the single files. */

const reason = { code: 'vendor-unavailable', message: 'busy' } as const;
const ending = { outcome: 'created', reason: null, event: 'text', finishedAt: 'then', body: '' } as const;

it('no message touches an account that stands, whatever it is and however often it came', () => {
  const messages = fc.oneof(
    fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -2, max: 2 }))
      .map(([count, later]) => delivery(count, sentAt + later)),
    fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 9 })).map(([run, count]) => redrive(run, count)),
    fc.integer({ min: 1, max: 3 }).map((run) => resolve(run, 'exists')),
  );
  const outcomes = fc.constantFrom('created', 'existing');
  fc.assert(
    fc.property(messages, outcomes, fc.constantFrom('one', 'other'), (received, outcome, content) => {
      const found = ended(outcome);
      const arrival = arrive('classroom', found, received, now, visibilityMs);
      expect(['read-on', 'mark-suspect', 'tell-again', 'drop']).toContain(arrival.kind);
      // Of a suspect only the crash is counted.
      if (arrival.kind === 'mark-suspect') expect(arrival.item).toBe(found);
      if (arrival.kind !== 'read-on') return;
      const considered = consider('classroom', found, received, mapped(content), now);
      expect(['tell-again', 'drop']).toContain(considered.kind);
    }),
  );
});

it('whatever the moves and their order: fence and sequence never fall, and doubt stays until the end', () => {
  const moves: Record<string, (from: SignupItem) => SignupItem> = {
    mark: (from) => markSuspect(from, now, stamp),
    claim: (from) => claim(from, now, undefined, stamp),
    return: (from) => giveBack(from, { notBefore: now, reason, maybeDone: false }, stamp),
    lose: (from) => giveBack(from, { notBefore: now, reason, maybeDone: true }, stamp),
    end: (from) => end(from, ending, stamp),
  };
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...Object.keys(moves)), { maxLength: 12 }), (names) => {
      let at = start;
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

it('a return is never due before now nor Retry-After, and never after the patience’s end', () => {
  const hour = 3_600_000;
  const limits = { backoffMs: 2_000, backoffCapMs: 900_000, giveUpAfterMs: 72 * hour };
  const step = currentStep(start);
  fc.assert(
    fc.property(
      fc.nat(60),
      fc.integer({ min: -10, max: 80 }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      fc.nat(10 * hour),
      (returns, hours, random, retryAfter) => {
        const last = Math.max(now, now + hours * hour);
        const due = backoff({ ...step, returns }, now, now + hours * hour, limits, random, retryAfter);
        expect(due).toBeGreaterThanOrEqual(Math.min(now + retryAfter, last));
        expect(due).toBeLessThanOrEqual(last);
      },
    ),
  );
});
