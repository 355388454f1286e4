import type { SignupItem } from '../signups/ledger.ts';
import { accountStep, currentStep, eventsOf, openOutcomes, outcomeOf } from '../signups/ledger.ts';
import type { Mapped } from '../signups/map-signup.ts';
import type { SignupMessage } from '../signups/message.ts';
import type { OpenOutcome } from '../signups/outcome.ts';
import { freshStep, reopened } from './transitions.ts';

/**
 * The state machine's decisions: pure functions of what the ledger holds, what came, and the time. The table of what each case leads to
 * is in this folder's README.
 */

/** A queue message as SQS handed it over. */
export interface Received {
  readonly message: SignupMessage;
  /** ApproximateReceiveCount: 1 for the first time. */
  readonly receiveCount: number;
  /** SQS's id of the message: the same on every redelivery. */
  readonly messageId: string;
  /** SentTimestamp, in milliseconds since the epoch: the same on every redelivery of this message. */
  readonly sentAt: number;
}

/** The crash that ends a signup. */
export const crashLimit = 5;

export type Arrival =
  /** Read the body and go on to {@link consider}. */
  | { readonly kind: 'read-on' }
  /** A suspect: count the crash before it is touched. Where that starts a run, the earlier run's events are told first. */
  | {
      readonly kind: 'mark-suspect';
      readonly item: SignupItem;
      readonly seen: string | null;
      readonly tellFirst: readonly string[];
    }
  /** Its worker died for the fifth time: end it, unread. */
  | { readonly kind: 'end-crashed'; readonly item: SignupItem; readonly seen: string | null }
  /** Somebody is at it, or it is not due: come back at `until` (milliseconds since the epoch). Nothing is written. */
  | { readonly kind: 'come-back'; readonly until: number }
  /** Told already: publish the same event again. */
  | { readonly kind: 'tell-again'; readonly item: SignupItem }
  /** The same for a late copy over which workers died five times: its count ends with it. */
  | { readonly kind: 'leave-unread'; readonly item: SignupItem }
  /** A copy of something that is over. */
  | { readonly kind: 'drop' };

/**
 * Whether a message is a suspect: redelivered although nothing says that its worker ended in order. One of these may be touched per invocation.
 *
 * @param visibilityMs how long the queue waits for a worker: what returned in order comes when it is due, and what died with its worker so much later
 */
export function isSuspect(
  found: SignupItem | undefined,
  received: Received,
  now: number,
  visibilityMs: number,
): boolean {
  const isRedelivered = received.receiveCount > 1;
  if (found === undefined) return isRedelivered;
  const step = currentStep(found);
  switch (step.state) {
    case 'suspect':
    case 'calling':
      return found.lease <= now;
    case 'waiting':
      return isRedelivered && step.notBefore + visibilityMs <= now;
    case 'done':
      return isRedelivered && mustBeRead(found, received);
  }
}

/** What to do with a message before its body is read. */
export function arrive(
  destination: string,
  found: SignupItem | undefined,
  received: Received,
  now: number,
  visibilityMs: number,
): Arrival {
  const { message } = received;
  if (found !== undefined && currentStep(found).state !== 'done') {
    if (message.kind !== 'delivery' && message.run !== found.run) return { kind: 'drop' };
    if (isCopy(found, received) && now < dueAt(found) + 2 * visibilityMs)
      return { kind: 'come-back', until: runLooksOver(found, now) };
  }
  if (isSuspect(found, received, now, visibilityMs)) return arriveSuspect(destination, found, received);
  if (found === undefined) return { kind: 'read-on' };
  const step = currentStep(found);
  switch (step.state) {
    case 'suspect':
    case 'calling':
    case 'waiting':
      return dueAt(found) > now ? { kind: 'come-back', until: dueAt(found) } : { kind: 'read-on' };
    case 'done':
      if (mustBeRead(found, received)) return { kind: 'read-on' };
      return message.kind === 'delivery' || message.run === found.run
        ? { kind: 'tell-again', item: found }
        : { kind: 'drop' };
  }
}

/**
 * Not the message that started the run: a sender's other delivery, or a redrive or a person's word for which another message was faster. It is read only
 * when the run is over, or has lost its own message.
 */
const isCopy = (found: SignupItem, { messageId }: Received): boolean => messageId !== found.messageId;

/** When a run that has not ended goes on. */
function dueAt(found: SignupItem): number {
  const step = currentStep(found);
  return step.state === 'waiting' ? step.notBefore : found.lease;
}

function arriveSuspect(destination: string, found: SignupItem | undefined, received: Received): Arrival {
  const isOver = found !== undefined && currentStep(found).state === 'done';
  const startsAnew = isOver && (received.message.kind !== 'delivery' || outcomeOf(currentStep(found)) === 'ignored');
  const item = startsAnew || found === undefined ? nextRun(destination, found, received) : found;
  const seen = found?.writeId ?? null;
  if (item.crashes + 1 < crashLimit)
    return { kind: 'mark-suspect', item, seen, tellFirst: startsAnew ? eventsOf(found) : [] };
  return isOver ? { kind: 'leave-unread', item } : { kind: 'end-crashed', item, seen };
}

/** Whether a message of an ended signup can start a run, or be a conflict. The run's own message, and older ones, can't: they are not read again. */
function mustBeRead(found: SignupItem, { message, sentAt }: Received): boolean {
  if (message.kind !== 'delivery') return startsRun(found, message);
  return outcomeOf(currentStep(found)) === 'ignored' || sentAt > found.sentAt;
}

/** What each kind of message can reopen: a redrive follows `rejected` and `failed`, a person's word follows `unknown`. */
const reopens = {
  delivery: ['rejected', 'failed'],
  redrive: ['rejected', 'failed'],
  resolve: ['unknown'],
} as const satisfies Record<SignupMessage['kind'], readonly OpenOutcome[]>;

/** Only the next run can be started. */
const startsRun = (found: SignupItem, message: Exclude<SignupMessage, { kind: 'delivery' }>): boolean =>
  message.run === found.run + 1 &&
  openOutcomes(found).some((outcome) => reopens[message.kind].some((each) => each === outcome));

export type Consideration =
  /** Work on this run. `item` is the run's start or its present state, not yet written; `tellFirst` may not have been told yet. */
  | {
      readonly kind: 'attempt';
      readonly item: SignupItem;
      readonly seen: string | null;
      readonly tellFirst: readonly string[];
    }
  /** It is no signup here. */
  | { readonly kind: 'ignore'; readonly item: SignupItem; readonly seen: string | null }
  /** Told already: publish the same event again; `conflict` is content that nobody will act on. */
  | { readonly kind: 'tell-again'; readonly item: SignupItem; readonly conflict: string | null }
  /** Other content during a run: it waits for the run's end. */
  | { readonly kind: 'come-back'; readonly until: number }
  | { readonly kind: 'drop' };

/** What to do with a message whose body was mapped. Call it only after {@link arrive} said `read-on`, or after a suspect was marked. */
export function consider(
  destination: string,
  found: SignupItem | undefined,
  received: Received,
  mapped: Mapped,
  now: number,
): Consideration {
  if (found === undefined || outcomeOf(currentStep(found)) === 'ignored') {
    const item = { ...nextRun(destination, found, received), ...contentOf(mapped) };
    if (mapped.kind !== 'ignored') return { kind: 'attempt', item, seen: found?.writeId ?? null, tellFirst: [] };
    return found === undefined ? { kind: 'ignore', item, seen: null } : { kind: 'drop' };
  }
  const step = currentStep(found);
  if (step.state === 'done') return considerEnded(destination, found, received, mapped);
  if (!belongsToRun(found, received, mapped)) return { kind: 'come-back', until: runLooksOver(found, now) };
  if (mapped.kind === 'ignored' && step.state === 'suspect' && found.content === '' && !step.maybeDone) {
    return { kind: 'ignore', item: found, seen: found.writeId };
  }
  // A step is claimed only after the one before it was told: an untouched one says nothing of that.
  const tellFirst = step.attempt === 0 && step.returns === 0 ? eventsOf(found) : [];
  return { kind: 'attempt', item: { ...found, ...contentOf(mapped) }, seen: found.writeId, tellFirst };
}

function considerEnded(destination: string, found: SignupItem, received: Received, mapped: Mapped): Consideration {
  const { message } = received;
  const anotherRun = (): Consideration => ({
    kind: 'attempt',
    item: { ...nextRun(destination, found, received), ...contentOf(mapped) },
    seen: found.writeId,
    tellFirst: eventsOf(found),
  });
  if (message.kind !== 'delivery') return startsRun(found, message) ? anotherRun() : { kind: 'drop' };
  const other = mapped.kind !== 'ignored' && mapped.content !== found.content && received.sentAt > found.sentAt;
  // Once there is an account, other content is no correction of it.
  const accountIsOpen = reopens.delivery.some((each) => each === outcomeOf(accountStep(found)));
  if (other && accountIsOpen) return anotherRun();
  const isConflict = other && openOutcomes(found).length === 0 && !found.conflicts.includes(mapped.content);
  const conflict = isConflict ? mapped.content : null;
  return { kind: 'tell-again', item: found, conflict };
}

/** The message that started the run belongs to it whatever a corrected mapping makes of it; a sender's copy only if it says the same. */
const belongsToRun = (found: SignupItem, received: Received, mapped: Mapped): boolean =>
  !isCopy(found, received) || found.content === '' || (mapped.kind !== 'ignored' && mapped.content === found.content);

/** A copy looks again when the run's present move is over. */
const runLooksOver = (found: SignupItem, now: number): number => Math.max(dueAt(found), now + 30_000);

function newItem(destination: string, { message, messageId, sentAt }: Received): SignupItem {
  return {
    id: `${destination}#${message.signupId}`,
    kind: 'signup',
    signupId: message.signupId,
    source: message.source,
    destination,
    run: message.kind === 'delivery' ? 1 : message.run,
    fence: 0,
    lease: 0,
    writeId: '',
    crashes: 0,
    messageId,
    sentAt,
    acceptedAt: message.acceptedAt,
    content: '',
    sequence: 0,
    conflicts: [],
    steps: [freshStep('account')],
    expires: 0,
  };
}

/** The start of a signup's first run, or of the one after `found`: what ended well stays, and so does everything that counts. */
function nextRun(destination: string, found: SignupItem | undefined, received: Received): SignupItem {
  const item = newItem(destination, received);
  if (found === undefined) return item;
  const { fence, sequence, conflicts, person } = found;
  const after = { ...item, fence, sequence, conflicts, ...(person === undefined ? {} : { person }) };
  if (outcomeOf(currentStep(found)) === 'ignored') return after;
  const { message } = received;
  const maybeDone = message.kind === 'resolve' && message.verdict === 'exists';
  return { ...after, run: found.run + 1, steps: reopened(found, reopens[message.kind], maybeDone) };
}

function contentOf(mapped: Mapped): { content: string; reference?: string } {
  if (mapped.kind === 'ignored') return { content: '' };
  const reference = mapped.kind === 'signup' ? mapped.signup.reference : mapped.reference;
  return { content: mapped.content, ...(reference === undefined ? {} : { reference }) };
}
