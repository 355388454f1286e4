import * as z from 'zod/mini';
import type { OpenOutcome, Outcome, Reason } from './outcome.ts';
import { isOpen, toldOutcomes } from './outcome.ts';

/**
 * The ledger's three kinds of item. Every write touches one item, carries a fresh `writeId` and is conditional on the `writeId` that was
 * seen last (or on the item's absence): whoever lost a claim writes nothing.
 */

// Made once and used for every field of its kind: making schemas is a part of each cold start.
const text = z.string();
const number = z.number();
const optionalText = z.optional(text);

const reasonSchema: z.ZodMiniType<Reason> = z.object({
  code: z.enum([
    'mapping',
    'vendor-rejected',
    'vendor-duplicate',
    'vendor-unavailable',
    'vendor-reply-lost',
    'credentials-refused',
    'secret-missing',
    'login-busy',
    'breaker-open',
    'paused',
    'rate-limited',
    'person-busy',
    'source-unknown',
    'crashed',
    'gave-up',
    'resolved',
  ]),
  message: text,
});

/**
 * A password that we made, as two JWEs: for the ledger, with the username that it goes with (so that every attempt sets the same one), and for those
 * who were the recipients when it was last sent to the vendor.
 */
const madePasswordSchema = z.object({ sealed: text, credentials: z.nullable(z.unknown()) });
export type MadePassword = z.infer<typeof madePasswordSchema>;

const stepBase = {
  /** `account`, then `registration:{offering}` for each offering. */
  name: text,
  /** Vendor calls claimed so far in this run. */
  attempt: number,
  /** Orderly returns so far in this run; the backoff grows with them. */
  returns: number,
  /** An earlier call of this run may have been carried out, whatever came later. */
  maybeDone: z.boolean(),
  password: z.optional(madePasswordSchema),
};

const stepSchema = z.discriminatedUnion('state', [
  /** Redelivered without an orderly end: it may have killed its worker, and is touched under a claim. */
  z.object({ ...stepBase, state: z.literal('suspect') }),
  /** The vendor is being called, or the worker died while it was. */
  z.object({ ...stepBase, state: z.literal('calling') }),
  /** Returned in order, to be tried again at `notBefore` (milliseconds since the epoch). */
  z.object({ ...stepBase, state: z.literal('waiting'), notBefore: number, reason: reasonSchema }),
  /** Ended. `event` is the exact text that is published, again and again if need be; `null` for `ignored`. */
  z.object({
    ...stepBase,
    state: z.literal('done'),
    /** The run in which it ended: a later run leaves alone what had ended well. */
    run: number,
    /** What the vendor said of the account, for the steps that follow. */
    account: z.optional(z.object({ userId: optionalText, username: optionalText, role: optionalText })),
    outcome: z.enum([...toldOutcomes, 'ignored']),
    reason: z.nullable(reasonSchema),
    event: z.nullable(text),
  }),
]);
export type Step = z.infer<typeof stepSchema>;
export type DoneStep = Extract<Step, { state: 'done' }>;
export type WaitingStep = Extract<Step, { state: 'waiting' }>;

export const signupItemSchema = z.object({
  /** `{destination}#{signupId}` */
  id: text,
  kind: z.literal('signup'),
  signupId: text,
  source: text,
  destination: text,
  /** 1 for the first; a redrive, a resolution or a sender's later correction starts the next. */
  run: number,
  /** Counts the claims: the fencing token. */
  fence: number,
  /** Until when the claim of a `suspect` or `calling` step holds, in milliseconds since the epoch. */
  lease: number,
  writeId: text,
  /** How often its worker died over it since its last orderly end. */
  crashes: number,
  /** SQS's id of the message that started the run: only this one drives it. */
  messageId: text,
  /** The SentTimestamp of that message, in milliseconds since the epoch. */
  sentAt: number,
  acceptedAt: text,
  /** Hash of the mapped signup; of the body where mapping failed; empty where nothing was read yet. */
  content: text,
  reference: optionalText,
  /** Events told so far, over all runs. */
  sequence: number,
  /** Where the vendor allows duplicates: the id of the person item under which the last call was made. */
  person: optionalText,
  /** Hashes of other contents that came under this id after an account was made: each is a conflict that a person may look at. */
  conflicts: z.array(text),
  /** The raw body of an open outcome, as a JWE, for the redrive. */
  body: optionalText,
  steps: z.array(stepSchema),
  /** TTL, in seconds since the epoch. */
  expires: number,
  /** Key of the sparse index of open outcomes: the destination's id. */
  openIn: optionalText,
  openedAt: optionalText,
});
export type SignupItem = z.infer<typeof signupItemSchema>;

export const personItemSchema = z.object({
  /** `{destination}#person#{keyed hash of the person key}` */
  id: text,
  kind: z.literal('person'),
  writeId: text,
  /** The signup that has, or may have, the account. */
  owner: text,
  run: number,
  fence: number,
  /** Milliseconds since the epoch. */
  takenAt: number,
});
export type PersonItem = z.infer<typeof personItemSchema>;

export const sessionItemSchema = z.object({
  /** `{destination}#session` */
  id: text,
  kind: z.literal('session'),
  writeId: text,
  /** Answered refusals by secret version. Two open the breaker for that version. */
  refused: z.record(text, number),
  /** When the last four refusals of any version were answered, in milliseconds since the epoch. */
  refusedAt: z.optional(z.array(number)),
  /** While it lies in the future a login is in flight, or ended nobody knows how. Milliseconds since the epoch. */
  slotUntil: number,
  /** The token as a JWE under a key derived from the vendor's secret; absent where there is none. */
  token: optionalText,
  /** When the token ends, in milliseconds since the epoch. */
  tokenExpires: number,
  /** Counts the tokens: "token not valid" drops only the generation that was refused. */
  generation: number,
  /** While it is there no call is made: somebody stopped the destination by hand. `at` is ISO 8601. */
  paused: z.optional(z.object({ by: text, why: text, at: text })),
});
export type SessionItem = z.infer<typeof sessionItemSchema>;

export type LedgerItem = SignupItem | PersonItem | SessionItem;

/** What became of a conditional write. A write whose reply was lost and that was applied counts as applied. */
export type Written<T> = { readonly applied: true } | { readonly applied: false; readonly found: T | undefined };

/** One kind of item in the ledger's table. */
export interface Store<T extends LedgerItem> {
  /** A consistent read. @throws Error where the table can't be read, or holds something else under this id */
  readonly read: (id: string) => Promise<T | undefined>;
  /**
   * Writes the whole item if the item's `writeId` in the table is `seen`, or if there is none and `seen` is `null`.
   *
   * @throws Error where nobody knows whether it was written
   */
  readonly write: (item: T, seen: string | null) => Promise<Written<T>>;
  /** Removes the item if its `writeId` is still `seen`. */
  readonly remove: (id: string, seen: string) => Promise<void>;
}

export interface Ledger {
  readonly signups: Store<SignupItem>;
  readonly persons: Store<PersonItem>;
  readonly sessions: Store<SessionItem>;
}

export const signupItemId = (destination: string, signupId: string): string => `${destination}#${signupId}`;
export const sessionItemId = (destination: string): string => `${destination}#session`;
export const personItemId = (destination: string, hash: string): string => `${destination}#person#${hash}`;

/** A destination's session before anything was written of it. */
export const blankSession = (destination: string): SessionItem => ({
  id: sessionItemId(destination),
  kind: 'session',
  writeId: '',
  refused: {},
  slotUntil: 0,
  tokenExpires: 0,
  generation: 0,
});

/** The step that is worked on: the first that has not ended, or the last. @throws Error where an item has no step at all */
export function currentStep(item: SignupItem): Step {
  const step = item.steps.find(({ state }) => state !== 'done') ?? item.steps.at(-1);
  if (step === undefined) throw new Error(`ledger item ${item.id} has no step`);
  return step;
}

/** Whether a call may have been carried out of which nobody knows, this one included. */
export const mayBeDone = (step: Step): boolean => step.maybeDone || step.state === 'calling';

/** The item with one of its steps replaced, found by its name. */
export const withStep = (item: SignupItem, step: Step): SignupItem => ({
  ...item,
  steps: item.steps.map((each) => (each.name === step.name ? step : each)),
});

/** The outcome of a step that has ended. */
export const outcomeOf = (step: Step): Outcome | undefined => (step.state === 'done' ? step.outcome : undefined);

/** The steps that a redrive, or a person's word, can reopen. None while any step is being worked on. */
export function openSteps(item: SignupItem): readonly (DoneStep & { readonly outcome: OpenOutcome })[] {
  if (currentStep(item).state !== 'done') return [];
  return item.steps.flatMap((step) => {
    if (step.state !== 'done' || !isOpen(step.outcome)) return [];
    return [{ ...step, outcome: step.outcome }];
  });
}

/** The outcomes of {@link openSteps}. */
export const openOutcomes = (item: SignupItem): readonly OpenOutcome[] => openSteps(item).map(({ outcome }) => outcome);

/** The exact texts that were, or are to be, told of the present run, in the order in which its steps ended. */
export const eventsOf = (item: SignupItem): readonly string[] =>
  item.steps.flatMap((step) =>
    step.state === 'done' && step.run === item.run && step.event !== null ? [step.event] : [],
  );

const registration = 'registration:';

/** The steps that follow an account: one for each offering, in the signup's order, none twice. */
export const registrationSteps = (offerings: readonly string[]): string[] =>
  [...new Set(offerings)].map((offering) => registration + offering);

/** The offering of a registration's step; `undefined` for `account`. */
export const offeringOf = (stepName: string): string | undefined =>
  stepName.startsWith(registration) ? stepName.slice(registration.length) : undefined;

/** The step that makes the account: always the first. @throws Error where an item has no step at all */
export function accountStep(item: SignupItem): Step {
  const [step] = item.steps;
  if (step === undefined) throw new Error(`ledger item ${item.id} has no step`);
  return step;
}
