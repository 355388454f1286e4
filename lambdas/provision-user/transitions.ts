import type { DoneStep, MadePassword, SignupItem, Step } from '../signups/ledger.ts';
import { currentStep, mayBeDone, outcomeOf, withStep } from '../signups/ledger.ts';
import type { Outcome, Reason } from '../signups/outcome.ts';
import { isOpen } from '../signups/outcome.ts';

/**
 * The state machine's moves. Each takes the item as it was and gives the item to write; none knows a clock, randomness or a database.
 *
 *     (none) ──▶ suspect ──▶ calling ──▶ waiting ──▶ calling … ──▶ done ──▶ (next run)
 */

/** What every write brings with it. */
export interface Stamp {
  /** Fresh for each write. */
  readonly writeId: string;
  /** Seconds since the epoch at which the table may forget the item. */
  readonly expires: number;
}

/** The first step of a run, untouched. In the ledger it never stands like this: its first write is a claim, a return or an end. */
export const freshStep = (name: string, maybeDone = false): Step => ({
  name,
  state: 'suspect',
  attempt: 0,
  returns: 0,
  maybeDone,
});

/**
 * Takes the claim over a signup that may have killed its worker. A call that was under way may have been carried out. Of an ended signup,
 * whose late copy is the suspect, only the crash is counted.
 */
export function markSuspect(item: SignupItem, leaseUntil: number, stamp: Stamp): SignupItem {
  const step = currentStep(item);
  if (step.state === 'done') return { ...item, ...stamp, crashes: item.crashes + 1 };
  const marked: Step = { ...carried(step), state: 'suspect', maybeDone: mayBeDone(step) };
  return { ...withStep(item, marked), ...stamp, crashes: item.crashes + 1, fence: item.fence + 1, lease: leaseUntil };
}

/**
 * Claims the step and says that the vendor is being called: one and the same write.
 *
 * @param password the one that was made for this call; none where the call sets another, or none at all
 */
export function claim(
  item: SignupItem,
  leaseUntil: number,
  password: MadePassword | undefined,
  stamp: Stamp,
): SignupItem {
  const step = currentStep(item);
  const { password: _before, ...base } = carried(step);
  const calling: Step = {
    ...base,
    ...(password === undefined ? {} : { password }),
    state: 'calling',
    attempt: step.attempt + 1,
  };
  return { ...withStep(item, calling), ...stamp, fence: item.fence + 1, lease: leaseUntil };
}

/** An orderly return: to be tried again at `notBefore`. */
export function giveBack(
  item: SignupItem,
  to: { notBefore: number; reason: Reason; maybeDone: boolean },
  stamp: Stamp,
): SignupItem {
  const step = currentStep(item);
  const waiting: Step = {
    ...carried(step),
    state: 'waiting',
    returns: step.returns + 1,
    maybeDone: step.maybeDone || to.maybeDone,
    notBefore: to.notBefore,
    reason: to.reason,
  };
  return { ...withStep(item, waiting), ...stamp, crashes: 0, lease: 0 };
}

/** What a step's end says. */
export interface Ending {
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  /** The text to publish; `null` for `ignored`. */
  readonly event: string | null;
  /** ISO 8601. */
  readonly finishedAt: string;
  /** The raw body as a JWE; kept for open outcomes only. */
  readonly body: string;
  readonly account?: DoneStep['account'];
  /** The names of the steps that follow now, and until when this claim goes on for them (milliseconds since the epoch). */
  readonly next?: { readonly steps: readonly string[]; readonly leaseUntil: number };
}

/**
 * The end of a step. Allocates the event's sequence number. A made password is kept with an open outcome: a call may have set it, and the next run is
 * to set the same. Otherwise it is forgotten, for the event holds what may be told of it.
 */
export function end(item: SignupItem, ending: Ending, stamp: Stamp): SignupItem {
  const { password, ...base } = carried(currentStep(item));
  const { outcome, reason, event, account, next } = ending;
  const done: DoneStep = {
    ...base,
    ...(password !== undefined && isOpen(outcome) ? { password } : {}),
    state: 'done',
    run: item.run,
    outcome,
    reason,
    event,
    ...(account === undefined ? {} : { account }),
  };
  const { body: _body, openIn: _openIn, openedAt: _openedAt, ...rest } = item;
  const ended = withSteps(withStep(rest, done), next?.steps ?? []);
  const goesOn = currentStep(ended).state !== 'done';
  const open = ended.steps.map(outcomeOf).some((each) => each !== undefined && isOpen(each));
  return {
    ...ended,
    ...stamp,
    crashes: 0,
    lease: goesOn ? (next?.leaseUntil ?? 0) : 0,
    sequence: event === null ? item.sequence : nextSequence(item),
    ...(open ? { body: ending.body, openIn: item.destination, openedAt: ending.finishedAt } : {}),
  };
}

/** The item with steps that it does not have yet, untouched, behind those that it has. */
export const withSteps = (item: SignupItem, names: readonly string[]): SignupItem => ({
  ...item,
  steps: [
    ...item.steps,
    ...names.filter((name) => !item.steps.some((step) => step.name === name)).map((name) => freshStep(name)),
  ],
});

/**
 * The steps of the next run: those with one of these outcomes begin afresh, with the password that was made for them; the others stay as they ended.
 *
 * @param maybeDone whether what begins afresh was done, by a person's word: then no crash or refusal makes it undone
 */
export const reopened = (item: SignupItem, outcomes: readonly Outcome[], maybeDone: boolean): Step[] =>
  item.steps.map((step) =>
    step.state === 'done' && outcomes.includes(step.outcome)
      ? { ...freshStep(step.name, maybeDone), ...(step.password === undefined ? {} : { password: step.password }) }
      : step,
  );

/** The number of the event that the item's next end tells. */
export const nextSequence = (item: SignupItem): number => item.sequence + 1;

/** Whoever lives on after {@link markSuspect}, be it to see an error, did not die of the signup: the crash is no crash, and the claim is given up. */
export const survived = (marked: SignupItem, stamp: Stamp): SignupItem => ({
  ...marked,
  ...stamp,
  crashes: marked.crashes - 1,
  lease: 0,
});

/** What was counted against a late copy ends with it. */
export const clearCrashes = (item: SignupItem, stamp: Stamp): SignupItem => ({ ...item, ...stamp, crashes: 0 });

/** Notes content that came under this id after an account had been made. The copy that brought it was read in order: no crash is counted against it. */
export const noteConflict = (item: SignupItem, content: string, stamp: Stamp): SignupItem => ({
  ...item,
  ...stamp,
  crashes: 0,
  lease: 0,
  conflicts: [...item.conflicts, content],
});

/** What a step keeps when its state changes. */
function carried(step: Step) {
  const { name, attempt, returns, maybeDone, password } = step;
  return { name, attempt, returns, maybeDone, ...(password === undefined ? {} : { password }) };
}
