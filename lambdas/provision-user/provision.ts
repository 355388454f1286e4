import type { SignupItem } from '../signups/ledger.ts';
import {
  accountStep,
  currentStep,
  eventsOf,
  mayBeDone,
  offeringOf,
  outcomeOf,
  signupItemId,
} from '../signups/ledger.ts';
import type { Mapped } from '../signups/map-signup.ts';
import { createSealer } from '../signups/sealing.ts';
import type { Signup } from '../signups/signup.ts';
import { attempt, nextSteps } from './attempt.ts';
import type { Attempt } from './attempt-context.ts';
import { bodyKeeper, mapMessage, readLedgerKey } from './bodies.ts';
import type { Conclusion, Draft, Pass, StepPass, Verdict } from './conclude.ts';
import { conclude, returnOrGiveUp, sayThatItWaits, stamp, tell } from './conclude.ts';
import { ignore, releaseMark, tellAgain, tellConflict } from './copies.ts';
import { credentialsAfterLoss, credentialsOfFound } from './credentials.ts';
import type { Arrival, Received } from './decide.ts';
import { arrive, consider } from './decide.ts';
import type { ProvisionDeps } from './deps.ts';
import { register } from './register.ts';
import type { Session } from './session.ts';
import { clearCrashes, markSuspect, survived, withSteps } from './transitions.ts';
import { tellWaiting } from './waiting-seconds.ts';

/** Losing a race this often in one invocation means that others are at it: come back later. */
const maximumPasses = 4;
const lostRacesPauseMs = 5_000;
/** How soon it is looked again whether a deployment has brought a message's source back. */
const unknownSourcePauseMs = 900_000;

/**
 * Works on one queue message until it has a verdict.
 *
 * @param suspects whether a signup may be touched that may have killed its worker
 * @throws Error where the ledger, the topic or the ledger's key did not answer: the message comes back as it was
 */
export const provision = (
  received: Received,
  suspects: 'touch' | 'leave',
  deps: ProvisionDeps,
  session: Session,
): Promise<Verdict> =>
  deps.withDeadline(deps.config.timeLimits.recordDeadlineMs, (signal) =>
    goOverAndOver({ received, suspects, deps, session, signal }),
  );

async function goOverAndOver(work: Omit<Context, 'found'>): Promise<Verdict> {
  const { received, deps } = work;
  const { message } = received;
  const id = signupItemId(deps.config.destination.id, message.signupId);
  const isNew = received.receiveCount === 1 && message.kind === 'delivery';
  // A message that comes for the first time is taken to be new: its first write fails if it is not, and brings what is there.
  let found = isNew ? undefined : await deps.ledger.signups.read(id);
  for (let passes = 0; passes < maximumPasses; passes++) {
    const pass = await goOver({ ...work, found });
    if (pass.kind !== 'lost-race') return pass;
    found = pass.found ?? (await deps.ledger.signups.read(id));
  }
  return { kind: 'come-back', at: deps.now() + lostRacesPauseMs };
}

interface Context {
  readonly received: Received;
  readonly suspects: 'touch' | 'leave';
  readonly deps: ProvisionDeps;
  readonly session: Session;
  readonly signal: AbortSignal;
  readonly found: SignupItem | undefined;
}

async function goOver(context: Context): Promise<Pass> {
  const { received, suspects, deps, found } = context;
  const { visibilityMs } = deps.config.timeLimits;
  const arrival = arrive(deps.config.destination.id, found, received, deps.now(), visibilityMs);
  switch (arrival.kind) {
    case 'read-on':
      return readOn(context);
    case 'come-back':
      // It is not due, and may not be for hours: an alarm that hears nothing for so long would say that all is well.
      if (found !== undefined) sayThatItWaits(deps, found);
      return { kind: 'come-back', at: arrival.until };
    case 'drop':
      return { kind: 'finished' };
    case 'tell-again':
      return tellAgain(deps, arrival.item);
    case 'end-crashed':
      return suspects === 'leave' ? { kind: 'suspect' } : endCrashed(context, arrival);
    case 'leave-unread': {
      await tellAgain(deps, arrival.item);
      await deps.ledger.signups.write(clearCrashes(arrival.item, stamp(deps)), arrival.item.writeId);
      return { kind: 'finished' };
    }
    case 'mark-suspect':
      return suspects === 'leave' ? { kind: 'suspect' } : touchSuspect(context, arrival);
  }
}

async function touchSuspect(
  context: Context,
  { item, seen, tellFirst }: Extract<Arrival, { kind: 'mark-suspect' }>,
): Promise<Pass> {
  const { deps } = context;
  // Without the ledger's key nothing can be read: that it comes back then is no crash.
  await readLedgerKey(deps);
  await tell(deps, item, tellFirst);
  const marked = markSuspect(item, deps.now() + deps.config.timeLimits.leaseMs, stamp(deps));
  const written = await deps.ledger.signups.write(marked, seen);
  if (!written.applied) return { kind: 'lost-race', found: written.found };
  // If this write fails the crash stays counted: four more of them are to spare.
  const uncount = () => deps.ledger.signups.write(survived(marked, stamp(deps)), marked.writeId).catch(() => undefined);
  try {
    const pass = await readOn({ ...context, found: marked });
    if (currentStep(marked).state === 'done') await uncount();
    return pass;
  } catch (error) {
    await uncount();
    throw error;
  }
}

async function readOn(context: Context): Promise<Pass> {
  const { received, deps, found } = context;
  const { message } = received;
  const ledgerKey = await readLedgerKey(deps);
  const ledgerSealer = createSealer(ledgerKey, 'bodies');
  const keepBody = bodyKeeper(message, ledgerSealer);
  const mapBody = deps.mapperOf(message.source);
  if (mapBody === undefined) return waitForSource(context, keepBody);
  const mapped = await mapMessage(message, ledgerKey, ledgerSealer, mapBody);
  const considered = consider(deps.config.destination.id, found, received, mapped, deps.now());
  switch (considered.kind) {
    case 'drop':
      return { kind: 'finished' };
    case 'come-back':
      if (context.suspects === 'touch' && found !== undefined) await releaseMark(deps, found);
      return { kind: 'come-back', at: considered.until };
    case 'tell-again':
      return considered.conflict === null
        ? tellAgain(deps, considered.item)
        : tellConflict(deps, considered.item, considered.conflict);
    case 'ignore':
      return ignore(deps, considered);
    case 'attempt': {
      // What may not have been told must be out before this run's next write lets it be forgotten.
      await tell(deps, considered.item, considered.tellFirst);
      const { item, seen } = considered;
      return work({ ...context, draft: { item, seen }, mapped, ledgerKey, ledgerSealer, keepBody });
    }
  }
}

type Work = Context & {
  readonly draft: Draft;
  readonly mapped: Mapped;
  readonly ledgerKey: string;
  readonly ledgerSealer: ReturnType<typeof createSealer>;
  readonly keepBody: () => Promise<string>;
};

/** Works on the run's steps, one after the other, until one must wait or all have ended. */
async function work(context: Work): Promise<Pass> {
  const pass = await workOnStep(context);
  if (pass.kind !== 'next-step') return pass;
  return work({ ...context, draft: { item: pass.item, seen: pass.item.writeId } });
}

function workOnStep({
  received,
  deps,
  session,
  signal,
  draft,
  mapped,
  ledgerKey,
  ledgerSealer,
  keepBody,
}: Work): Promise<StepPass> {
  const { message } = received;
  if (mapped.kind !== 'signup') {
    const { maybeDone } = currentStep(draft.item);
    const words =
      mapped.kind === 'rejected' ? mapped.message : `the source’s ${mapped.why} takes this for no signup any more`;
    const reason = { code: 'mapping', message: words } as const;
    const credentials = credentialsAfterLoss({ deps, draft });
    return conclude(deps, draft, { outcome: maybeDone ? 'unknown' : 'rejected', reason, credentials }, keepBody);
  }
  const { signup } = mapped;
  const context = {
    deps,
    session,
    ledgerKey,
    ledgerSealer,
    signup,
    draft: withRegistrations(draft, deps, signup),
    signal,
    keepBody,
  };
  const offering = offeringOf(currentStep(draft.item).name);
  if (message.kind === 'resolve' && message.verdict === 'exists') return resolved(context, offering);
  return offering === undefined ? attempt(context) : register(context, offering);
}

/** Where an account stands from an earlier run, a corrected mapping may name offerings that it did not name before. */
function withRegistrations(draft: Draft, deps: ProvisionDeps, signup: Signup): Draft {
  const outcome = outcomeOf(accountStep(draft.item));
  const hasAccount = outcome === 'created' || outcome === 'existing';
  return hasAccount ? { ...draft, item: withSteps(draft.item, nextSteps({ deps, signup })) } : draft;
}

/** A person found at the vendor what a lost reply left open. */
function resolved(context: Attempt, offering: string | undefined): Promise<StepPass> {
  const { deps, draft, signup, keepBody } = context;
  const what = offering === undefined ? 'account' : 'registration';
  const conclusion: Conclusion = {
    outcome: 'existing',
    reason: { code: 'resolved', message: `a person found the ${what} at the vendor` },
    signup,
    afterLostReply: true,
    ...(offering === undefined ? { credentials: credentialsOfFound(context), next: nextSteps(context) } : {}),
  };
  return conclude(deps, draft, conclusion, keepBody);
}

/** This bundle does not know the source: it was removed, or the function is older than the message. It waits, for a deployment can mend it. */
async function waitForSource({ received, deps, found }: Context, keepBody: () => Promise<string>): Promise<Pass> {
  const mapped: Mapped = { kind: 'rejected', message: '', content: found?.content ?? '' };
  const considered = consider(deps.config.destination.id, found, received, mapped, deps.now());
  // It came after the run had ended, and nobody can say yet whether it corrects what was signed up for.
  if (considered.kind !== 'attempt') {
    tellWaiting(deps, received.sentAt, 'source-unknown');
    return { kind: 'come-back', at: deps.now() + unknownSourcePauseMs };
  }
  const reason = {
    code: 'source-unknown',
    message: `this function knows no source ${received.message.source}; deploy a config that does`,
  } as const;
  return leaveRest(await returnOrGiveUp(deps, considered, { reason, maybeDone: false }, () => ({}), keepBody));
}

/** The fifth crash: it is ended without being read again. */
async function endCrashed({ deps, received }: Context, draft: Draft): Promise<Pass> {
  const maybeDone = mayBeDone(currentStep(draft.item));
  const outcome = maybeDone ? 'unknown' : 'failed';
  const reason = {
    code: 'crashed',
    message: 'its worker died over it again and again; it was not read another time',
  } as const;
  const keepBody = bodyKeeper(received.message, createSealer(await readLedgerKey(deps), 'bodies'));
  const credentials = credentialsAfterLoss({ deps, draft });
  await tell(deps, draft.item, eventsOf(draft.item));
  const pass = await conclude(deps, draft, { outcome, reason, credentials }, keepBody);
  return leaveRest(pass);
}

/** The steps that follow wait for the next delivery. */
const leaveRest = (pass: StepPass): Pass =>
  pass.kind === 'next-step' ? { kind: 'come-back', at: pass.item.lease } : pass;
