import { isDeepStrictEqual } from 'node:util';
import { accountStep, currentStep, openOutcomes, outcomeOf, type Step } from '../../../lambdas/signups/ledger.ts';
import { clockSlackMs, first, type Invariant, isNote, isOver } from '../evidence.ts';

/** A worker that lost its claim writes nothing: while a claim holds only its owner writes, and numbers never fall. */
export const staleClaimWritesNothing: Invariant = ({ writes }) =>
  first(writes, (write) => {
    const { before, after } = write;
    if (before === undefined) return undefined;
    if (after.run < before.run || after.fence < before.fence || after.sequence < before.sequence)
      return `${write.worker} set ${after.signupId} back from run ${before.run}, fence ${before.fence}, sequence ${before.sequence}`;
    const { state } = currentStep(before);
    if (state !== 'calling' && state !== 'suspect') return undefined;
    const claim = writes.findLast((other) => other.order < write.order && other.after.id === after.id);
    if (claim?.worker === write.worker) return undefined;
    const isTakeover = write.at + clockSlackMs >= before.lease;
    return isTakeover
      ? undefined
      : `${write.worker} wrote over a claim of ${claim?.worker ?? 'nobody'} on ${after.signupId}`;
  });

/** `created` and `existing` are final; other ends give way only to the next run. */
export const endsAreEnds: Invariant = ({ writes }) =>
  first(writes, (write) => {
    const { before, after } = write;
    if (before === undefined || isNote(write)) return undefined;
    const changed = before.steps.find(
      (step) => isFinal(step) && !after.steps.some((other) => isDeepStrictEqual(other, step)),
    );
    if (changed !== undefined) return `${after.signupId} had ended well (${changed.name}) and was written again`;
    if (outcomeOf(accountStep(before)) === 'ignored') return undefined;
    if (!isOver(before))
      return after.run === before.run ? undefined : `run ${after.run} of ${after.signupId} cut off run ${before.run}`;
    return after.run === before.run + 1 ? undefined : `${after.signupId} was over and went on without a new run`;
  });

const isFinal = (step: Step): boolean => outcomeOf(step) === 'created' || outcomeOf(step) === 'existing';

/** A run begins for a reason: a redrive, a person's word, or a sender's later message with other content. */
export const runsHaveReasons: Invariant = ({ happenings, writes }) =>
  first(writes, ({ at, before, after }) => {
    if (before === undefined || after.run === before.run) return undefined;
    const open = openOutcomes(before);
    const isUnknown = open.includes('unknown');
    const isRefused = open.includes('rejected') || open.includes('failed');
    const reason = happenings.find((each) => {
      if (each.kind !== 'sent' || each.at > at || each.message.signupId !== after.signupId) return false;
      const { message } = each;
      if (message.kind === 'resolve') return isUnknown && message.run === after.run;
      if (message.kind === 'redrive') return isRefused && message.run === after.run;
      return isRefused && each.sentAt > before.sentAt && after.content !== before.content;
    });
    return reason === undefined ? `run ${after.run} of ${after.signupId} began without a reason` : undefined;
  });

/** Every redrive and every word of a person leads to its run, within half a day and whatever else happens. */
export const redrivesRun: Invariant = ({ happenings, writes }) =>
  first(happenings, (each) => {
    if (each.kind !== 'sent' || each.message.kind === 'delivery') return undefined;
    const { signupId, run, kind } = each.message;
    const begins = writes.some(
      ({ at, after }) => after.signupId === signupId && after.run >= run && at <= each.at + halfDayMs,
    );
    return begins ? undefined : `the ${kind} of ${signupId} did not become run ${run}`;
  });

const halfDayMs = 12 * 3_600_000;
