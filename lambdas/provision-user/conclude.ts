import type { VendorAccountDetails } from '../platforms/platform.ts';
import type { EventCredentials, EventData } from '../signups/event.ts';
import { eventAttributes } from '../signups/event-attributes.ts';
import type { SignupItem } from '../signups/ledger.ts';
import { currentStep, offeringOf } from '../signups/ledger.ts';
import type { Outcome, Reason, ToldOutcome } from '../signups/outcome.ts';
import { isOpen } from '../signups/outcome.ts';
import { withoutPersonalData } from '../signups/personal-data.ts';
import type { MetricName } from '../signups/ports.ts';
import type { Signup } from '../signups/signup.ts';
import { withoutAddresses } from '../signups/without-addresses.ts';
import { writeEvent } from '../signups/write-event.ts';
import type { ProvisionDeps } from './deps.ts';
import { backoff, gaveUp, pauseLimits } from './patience.ts';
import type { Stamp } from './transitions.ts';
import { end, giveBack, nextSequence } from './transitions.ts';
import { tellWaiting } from './waiting-seconds.ts';

/** What became of one message. */
export type Verdict =
  /** Told and durable: acknowledge it. */
  | { readonly kind: 'finished' }
  /** It comes back at `at`, in milliseconds since the epoch. */
  | { readonly kind: 'come-back'; readonly at: number }
  /** A suspect, and this invocation may not touch one now. Nothing was written. */
  | { readonly kind: 'suspect' };

/** A pass over a message ends with a verdict, or with a lost race: somebody else wrote the item, and `found` is what they wrote. */
export type Pass = Verdict | { readonly kind: 'lost-race'; readonly found: SignupItem | undefined };

/** What became of a step: the end of the pass, or, after a step that has ended and was told, the item's next one, still this worker's. */
export type StepPass = Pass | { readonly kind: 'next-step'; readonly item: SignupItem };

/** An item as it is to be written, on top of the write that was seen last. */
export interface Draft {
  readonly item: SignupItem;
  /** `null` where there was none. */
  readonly seen: string | null;
}

/** What is told of a run's end. */
export interface Conclusion {
  readonly outcome: ToldOutcome;
  readonly reason: Reason | null;
  readonly signup?: Signup | undefined;
  readonly account?: VendorAccountDetails | undefined;
  readonly credentials?: EventCredentials | null | undefined;
  readonly notApplied?: readonly string[] | undefined;
  readonly afterLostReply?: boolean | undefined;
  /** The steps that follow this one's good end. */
  readonly next?: readonly string[] | undefined;
  readonly registrationId?: string | undefined;
}

const metricOf = {
  created: 'Created',
  existing: 'Existing',
  rejected: 'Rejected',
  failed: 'Failed',
  unknown: 'Unknown',
  ignored: 'Ignored',
} as const satisfies Record<Outcome, MetricName>;

/** A fresh stamp for a write. */
export const stamp = ({ config, now, newId }: ProvisionDeps): Stamp => ({
  writeId: newId(),
  expires: Math.ceil(now() / 1000) + config.destination.keepDays * 86_400,
});

/** When the run gives up. */
export const giveUpAt = (item: SignupItem, { config }: ProvisionDeps): number =>
  item.sentAt + config.destination.giveUpAfterMs;

/**
 * Ends the run: one write that holds the outcome and the event's exact text; then publishes that text.
 *
 * @param keepBody seals the raw body; called for open outcomes only
 */
export async function conclude(
  deps: ProvisionDeps,
  { item, seen }: Draft,
  conclusion: Conclusion,
  keepBody: () => Promise<string>,
): Promise<StepPass> {
  const { config, ledger, now, observer } = deps;
  const finishedAt = new Date(now()).toISOString();
  const step = currentStep(item);
  const { outcome, reason, account } = conclusion;
  const whole: EventData = {
    outcome,
    signupId: item.signupId,
    run: item.run,
    reference: item.reference ?? null,
    source: item.source,
    destination: item.destination,
    platform: config.destination.platform,
    person: personOf(conclusion.signup),
    account: accountOf(account),
    offering: offeringOf(step.name) ?? null,
    registrationId: conclusion.registrationId ?? null,
    loginUrl: config.destination.loginUrl,
    credentials: conclusion.credentials ?? null,
    notApplied: [...(conclusion.notApplied ?? [])],
    context: { ...conclusion.signup?.context },
    reason,
    attempts: step.attempt,
    afterLostReply: conclusion.afterLostReply ?? false,
    acceptedAt: item.acceptedAt,
    finishedAt,
  };
  const told = config.destination.personalData === 'omit' ? withoutPersonalData(whole) : whole;
  const event = writeEvent(config.stage, step.name, nextSequence(item), told);
  const next = { steps: conclusion.next ?? [], leaseUntil: now() + config.timeLimits.leaseMs };
  const body = isOpen(outcome) ? await keepBody() : (item.body ?? '');
  const ended = end(
    item,
    { outcome, reason, event, finishedAt, body, next, ...(account === undefined ? {} : { account }) },
    stamp(deps),
  );
  const written = await ledger.signups.write(ended, seen);
  if (!written.applied) return { kind: 'lost-race', found: written.found };
  if (step.name === 'account' || isOpen(outcome))
    observer.metric(metricOf[outcome], 1, { destination: item.destination });
  observer.info('ended', { ...about(item), outcome, reason: reason?.code, attempt: step.attempt });
  await tell(deps, item, [event]);
  return currentStep(ended).state === 'done' ? { kind: 'finished' } : { kind: 'next-step', item: ended };
}

/** Publishes events' stored texts, as often as need be. A step is followed by another, and a message is finished, only after this. */
export async function tell(deps: ProvisionDeps, item: SignupItem, events: readonly string[]): Promise<void> {
  for (const event of events) {
    await deps.publish(event, eventAttributes(event));
    deps.observer.info('told', about(item));
  }
}

/** Returns a signup in order, or gives up where its time is over. */
export async function returnOrGiveUp(
  deps: ProvisionDeps,
  draft: Draft,
  wait: { readonly reason: Reason; readonly maybeDone: boolean; readonly retryAfterMs?: number | undefined },
  conclusion: (outcome: 'failed' | 'unknown') => Omit<Conclusion, 'outcome' | 'reason'>,
  keepBody: () => Promise<string>,
): Promise<StepPass> {
  const { item, seen } = draft;
  const { now, ledger } = deps;
  const step = currentStep(item);
  const until = giveUpAt(item, deps);
  if (now() >= until) {
    const end = gaveUp(step.maybeDone || wait.maybeDone, wait.reason);
    return conclude(deps, draft, { ...conclusion(end.outcome), ...end }, keepBody);
  }
  const notBefore = backoff(step, now(), until, pauseLimits(deps.config), deps.random(), wait.retryAfterMs);
  const back = giveBack(item, { notBefore, reason: wait.reason, maybeDone: wait.maybeDone }, stamp(deps));
  const written = await ledger.signups.write(back, seen);
  if (!written.applied) return { kind: 'lost-race', found: written.found };
  sayThatItWaits(deps, back);
  return { kind: 'come-back', at: notBefore };
}

/** Says of a signup that waits for how long it has, and for what; nothing, where it does not wait. */
export function sayThatItWaits(deps: ProvisionDeps, item: SignupItem): void {
  const step = currentStep(item);
  if (step.state !== 'waiting') return;
  const { reason, attempt } = step;
  tellWaiting(deps, item.sentAt, reason.code);
  // The ledger keeps the vendor's words whole; a log is not erased with the person. Who paused the destination is no learner, and named like an address.
  const detail = reason.code === 'paused' ? reason.message : withoutAddresses(reason.message);
  deps.observer.info('waiting', { ...about(item), reason: reason.code, detail, attempt });
}

/** The fields by which a log line is joined to its signup. */
export const about = (item: SignupItem) => ({
  signupId: item.signupId,
  source: item.source,
  destination: item.destination,
  step: currentStep(item).name,
  run: item.run,
});

const personOf = (signup: Signup | undefined) =>
  signup === undefined
    ? null
    : { email: signup.email, firstName: signup.firstName, lastName: signup.lastName, locale: signup.locale ?? null };

const accountOf = (account: VendorAccountDetails | undefined) =>
  account === undefined
    ? null
    : { userId: account.userId ?? null, username: account.username ?? null, role: account.role ?? null };
