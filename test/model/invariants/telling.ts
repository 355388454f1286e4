import { accountStep, currentStep, eventsOf, outcomeOf, type SignupItem } from '../../../lambdas/signups/ledger.ts';
import { endedIn, first, type Invariant, isNote, isOver, type SignupWrite } from '../evidence.ts';

/** A 2xx answer ⇒ exactly one outcome per run; nothing stays on the queue, and nothing ends in the DLQ. */
export const nothingLost: Invariant = ({ world, happenings, signups, events }) =>
  first(happenings, (each) => {
    if (each.kind === 'dead-lettered') return `${each.messageId} went to the DLQ`;
    if (each.kind !== 'sent') return undefined;
    const item = signups.find(({ signupId }) => signupId === each.message.signupId);
    if (item === undefined) return `${each.message.signupId} is in no ledger`;
    const outcome = outcomeOf(accountStep(item));
    if (!isOver(item)) return `${item.signupId} has no outcome`;
    if (outcome !== 'ignored' && !events.some(({ event }) => event.subject === item.signupId))
      return `nobody was told of ${item.signupId}`;
    return undefined;
  }) ?? (world.queue.waiting() > 0 ? `${world.queue.waiting()} messages stay on the queue` : undefined);

/** Everything comes to rest, and no run lasts longer than its patience (and what a last attempt can take). */
export const everyRunEnds: Invariant = ({ cameToRest, scenario, writes }) => {
  if (!cameToRest) return 'it never came to rest';
  const slackMs = 2 * 3_600_000;
  return first(writes, (write) => {
    const { at, after } = write;
    if (isNote(write) || at - after.sentAt <= scenario.giveUpAfterMs + slackMs) return undefined;
    return `${after.signupId} was written ${Math.round((at - after.sentAt) / 3_600_000)} hours after its run began`;
  });
};

/** Every copy of an event has the same id and the same bytes, and a later run's sequence is greater. */
export const toldRecognisably: Invariant = ({ events }) => {
  const texts = new Map<string, string>();
  return first(events, ({ text, event }) => {
    const earlier = texts.get(event.id);
    texts.set(event.id, text);
    if (earlier !== undefined && earlier !== text) return `two texts for ${event.id}`;
    const clash = events.find(
      (other) =>
        other.event.subject === event.subject &&
        other.event.data.run < event.data.run &&
        other.event.sequence >= event.sequence,
    );
    return clash === undefined
      ? undefined
      : `run ${event.data.run} of ${event.subject} has no greater sequence than an earlier one`;
  });
};

/** Nothing is published before it is durable. */
export const onlyDurableIsTold: Invariant = ({ events, writes }) =>
  first(events, ({ text, order, event }) =>
    writes.some(
      (write) => write.order < order && write.after.steps.some((step) => step.state === 'done' && step.event === text),
    )
      ? undefined
      : `${event.id} was told before it was durable`,
  );

/** Outcome durable ⇒ published, and before the next step is claimed, or the next run's first write takes its place. */
export const durableIsTold: Invariant = ({ events, writes }) =>
  first(writes, (write) =>
    first(endedIn(write), ({ name, event: text }) => {
      if (text === null) return undefined;
      const { signupId, run } = write.after;
      const told = events.find((event) => event.text === text);
      if (told === undefined) return `the end of ${name}, run ${run} of ${signupId} was never told`;
      const next = writes.find(
        ({ order, after }) =>
          after.signupId === signupId &&
          (after.run > run || (order > write.order && currentStep(after).state === 'calling' && after.run === run)),
      );
      return next !== undefined && next.order < told.order
        ? `${signupId} went on before the end of ${name}, run ${run} was told`
        : undefined;
    }),
  );

/** A message is acknowledged only after the end was told of the run that it started, or, for a copy, of a run that was over when it came. */
export const acknowledgedAfterTold: Invariant = ({ happenings, events, writes }) =>
  first([...happenings.entries()], ([order, each]) => {
    if (each.kind !== 'acknowledged') return undefined;
    const sent = happenings.find((other) => other.kind === 'sent' && other.messageId === each.messageId);
    if (sent?.kind !== 'sent') return `${each.messageId} was never sent`;
    const { message, messageId } = sent;
    const earlier = writes.filter((write) => write.order < order && write.after.signupId === message.signupId);
    const latest = earlier.at(-1);
    if (latest === undefined) return `${each.messageId} was acknowledged before anything was written`;
    if (message.kind !== 'delivery' && message.run !== latest.after.run) return undefined;
    // What was no signup is done with, whatever is made of it later.
    if (earlier.some(({ after }) => wasIgnored(after))) return undefined;
    const isTold = (write: SignupWrite) =>
      isOver(write.after) &&
      eventsOf(write.after).every((text) => events.some((event) => event.order < order && event.text === text));
    const own = earlier.findLast(({ after }) => after.messageId === messageId);
    if (own !== undefined)
      return isTold(own) ? undefined : `${each.messageId} was acknowledged before its run’s end was told`;
    return earlier.some(isTold) ? undefined : `${each.messageId} was acknowledged before its signup’s end was told`;
  });

const wasIgnored = (item: SignupItem): boolean => outcomeOf(accountStep(item)) === 'ignored';

/** Each record of a batch is answered for itself: the function as a whole never throws. */
export const eachForItself: Invariant = ({ happenings }) =>
  first(happenings, (each) => (each.kind === 'broke' ? `${each.worker} threw: ${each.error}` : undefined));
