import { crashLimit } from '../../../lambdas/provision-user/decide.ts';
import { accountStep, outcomeOf } from '../../../lambdas/signups/ledger.ts';
import { clockSlackMs, first, type Invariant } from '../evidence.ts';
import { poison } from '../worker.ts';

/** Waiting burns nothing: `failed` is said only after the whole patience, or after five crashes. */
export const waitsNotBurnt: Invariant = ({ events, happenings, writes, scenario, went }) =>
  first(events, ({ event, at }) => {
    const { outcome, reason, run } = event.data;
    const isUp = reason?.code === 'gave-up' || reason?.code === 'crashed';
    if (outcome !== 'failed' && !(outcome === 'unknown' && isUp)) return undefined;
    // What was ignored before gave way to the message that started the run.
    const item = writes.find(
      ({ after }) =>
        after.signupId === event.subject && after.run === run && outcomeOf(accountStep(after)) !== 'ignored',
    )?.after;
    if (item === undefined) return `${event.id} is of no run`;
    if (reason?.code === 'crashed') {
      // A message that was received and came back for another reason may as well have killed its worker, the first time.
      const deaths = happenings.filter(({ kind }) => kind === 'died').length + went.length + 1;
      return deaths >= crashLimit ? undefined : `${event.id} gave up after ${deaths} crashes`;
    }
    const waited = at - item.sentAt + clockSlackMs;
    return waited >= scenario.giveUpAfterMs
      ? undefined
      : `${event.id} gave up after ${Math.round(waited / 60_000)} minutes`;
  });

/**
 * A message that kills its workers kills five of them, and no more: but for the first time, which nobody could know of, and for the
 * count's beginning anew, which it shares with the signup's other messages, or where something goes wrong just then.
 */
export const killersAreStopped: Invariant = ({ happenings, went }) => {
  const kills = happenings.filter((each) => each.kind === 'died' && each.why === poison).length;
  const messages = happenings.filter(({ kind }) => kind === 'sent').length;
  return kills > (messages + went.length) * (crashLimit + 1)
    ? `${messages} messages killed ${kills} workers`
    : undefined;
};

const isPoison = (body: string): boolean => Buffer.from(body, 'base64').toString().includes(poison);

/** One poison message delays its neighbours by no more than one of its attempts: what the queue takes to deliver them again. */
export const neighboursNotLate: Invariant = ({ happenings, events, scenario, world, went }) => {
  if (
    !scenario.isPunctual ||
    went.length > (scenario.mishaps?.length ?? 0) ||
    !happenings.some((each) => each.kind === 'died' && each.why === poison)
  )
    return undefined;
  const { visibilityMs, functionTimeoutMs } = world.options.config.timeLimits;
  return first(happenings, (each) => {
    if (each.kind !== 'sent' || each.message.kind !== 'delivery') return undefined;
    if (isPoison(each.message.body)) return undefined;
    const told = events.find(({ event }) => event.subject === each.message.signupId);
    const late = (told?.at ?? Number.POSITIVE_INFINITY) - each.at;
    return late <= visibilityMs + functionTimeoutMs
      ? undefined
      : `${each.message.signupId} waited ${late / 1000} s for its neighbour`;
  });
};
