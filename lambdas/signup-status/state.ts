import * as z from 'zod/mini';
import { eventSchema } from '../signups/event.ts';
import type { DoneStep, SignupItem, Step } from '../signups/ledger.ts';
import { accountStep, offeringOf } from '../signups/ledger.ts';
import type { Outcome, Reason } from '../signups/outcome.ts';
import { withoutAddresses } from '../signups/without-addresses.ts';

/**
 * A ledger item as whoever has the status address may see it. The address travels through other people's systems and logs; so it tells
 * what became of a signup and nothing of the person: no name, e-mail address or username, and nothing of the credentials or the body.
 */

/** What is told of every run. */
interface Run {
  /** 1 for the first; running a signup again is the next. */
  readonly run: number;
  /** Vendor calls of this run. */
  readonly attempts: number;
  /** Later messages under the same dedupe key that said something else after an account was there. */
  readonly conflicts: number;
  /** By offering, where the signup named some and the account stands. */
  readonly registrations?: Readonly<Record<string, RegistrationState>>;
}

/** What became of a registration for an offering. */
export interface RegistrationState {
  readonly state: 'working' | 'waiting' | Outcome;
  readonly reason?: Reason;
}

/** All times are ISO 8601 in UTC; what does not apply is absent. */
export type DestinationState =
  /** The ledger has nothing of it yet. */
  | { readonly state: 'accepted' }
  /** The vendor is being asked right now. `since`: when the message that started the run was sent. */
  | (Run & { readonly state: 'working'; readonly since: string })
  /** `maybeDone`: an earlier request may have been carried out. `nextAttemptAt` is absent where a worker died and its message is on its way back. */
  | (Run & {
      readonly state: 'waiting';
      readonly since: string;
      readonly nextAttemptAt?: string;
      readonly reason: Reason;
      readonly maybeDone: boolean;
    })
  | Ended;

export type Ended = Run & {
  readonly state: Outcome;
  /** Of `ignored` only, which has no event to take an end from. */
  readonly since?: string;
  readonly finishedAt?: string;
  readonly reason?: Reason;
  /** The account was found after a request of ours whose reply was lost: most likely it is ours. */
  readonly afterLostReply?: boolean;
  /** The id of the event that subscribers got. */
  readonly eventId?: string;
  readonly account?: { readonly userId?: string; readonly role?: string };
  /** Fields that were asked for and that the platform did not apply. */
  readonly notApplied?: readonly string[];
};

/**
 * What is to be said of a signup at one destination.
 *
 * @param item `undefined` where the ledger has none: accepted, for the key in the address proves that it was
 * @param now milliseconds since the epoch
 */
export function stateOf(item: SignupItem | undefined, now: number): DestinationState {
  if (item === undefined) return { state: 'accepted' };
  const step = accountStep(item);
  const registrations = registrationsOf(item, now);
  const run = { run: item.run, attempts: step.attempt, conflicts: item.conflicts.length, ...registrations };
  const since = isoTime(item.sentAt);
  switch (step.state) {
    case 'suspect':
    case 'calling':
      if (item.lease > now) return { state: 'working', ...run, since };
      return { state: 'waiting', ...run, since, reason: workerDied, maybeDone: mayHaveCalled(step) };
    case 'waiting':
      return {
        state: 'waiting',
        ...run,
        since,
        nextAttemptAt: isoTime(step.notBefore),
        reason: shown(step.reason),
        maybeDone: step.maybeDone,
      };
    case 'done':
      return {
        state: step.outcome,
        ...run,
        ...(step.outcome === 'ignored' ? { since } : {}),
        ...reasonOf(step),
        ...told(step.event),
      };
  }
}

function registrationsOf(item: SignupItem, now: number): Pick<Run, 'registrations'> {
  const states = item.steps.flatMap((step): [string, RegistrationState][] => {
    const offering = offeringOf(step.name);
    return offering === undefined ? [] : [[offering, registrationState(item, step, now)]];
  });
  return states.length === 0 ? {} : { registrations: Object.fromEntries(states) };
}

function registrationState(item: SignupItem, step: Step, now: number): RegistrationState {
  switch (step.state) {
    case 'suspect':
    case 'calling':
      return { state: item.lease > now ? 'working' : 'waiting' };
    case 'waiting':
      return { state: 'waiting', reason: shown(step.reason) };
    case 'done':
      return { state: step.outcome, ...reasonOf(step) };
  }
}

const workerDied: Reason = {
  code: 'crashed',
  message: 'the worker ended without a result; the signup comes back by itself',
};

const mayHaveCalled = (step: Step): boolean => step.maybeDone || step.state === 'calling';

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

const shown = ({ code, message }: Reason): Reason => ({ code, message: withoutAddresses(message) });

const reasonOf = ({ reason }: DoneStep): Pick<Ended, 'reason'> => (reason === null ? {} : { reason: shown(reason) });

const { finishedAt, afterLostReply, account, notApplied } = eventSchema.shape.data.shape;
const toldSchema = z.object({
  id: eventSchema.shape.id,
  data: z.object({ finishedAt, afterLostReply, account, notApplied }),
});

/** What the event's stored text says, as far as it is shown; nothing where it is of a version that can't be read any more. */
function told(event: string | null): Partial<Ended> {
  const read = event === null ? undefined : z.safeParse(toldSchema, JSON.parse(event)).data;
  if (read === undefined) return {};
  const { id: eventId, data } = read;
  return {
    finishedAt: data.finishedAt,
    afterLostReply: data.afterLostReply,
    eventId,
    ...(data.account === null ? {} : { account: shownAccount(data.account) }),
    notApplied: data.notApplied,
  };
}

/** The vendor's id for the account, which is an address at some, and its role. The username is half of the credentials, and often an e-mail address. */
const shownAccount = ({
  userId,
  role,
}: {
  userId: string | null;
  role: string | null;
}): NonNullable<Ended['account']> => ({
  ...(userId === null ? {} : { userId: withoutAddresses(userId) }),
  ...(role === null ? {} : { role }),
});
