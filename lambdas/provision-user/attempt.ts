import type { AccountResult, CallFailure, Prepared } from '../platforms/platform.ts';
import type { PersonItem } from '../signups/ledger.ts';
import { currentStep, registrationSteps } from '../signups/ledger.ts';
import type { Reason } from '../signups/outcome.ts';
import { hashPerson } from '../signups/sealing.ts';
import { type FoundAccount, withTags } from './add-tags.ts';
import type { Attempt } from './attempt-context.ts';
import type { StepPass } from './conclude.ts';
import { about, conclude, returnOrGiveUp, stamp } from './conclude.ts';
import { credentialsAfterLoss, newCredentials, passwordFor } from './credentials.ts';
import { roomProblem } from './ledger-room.ts';
import { nextMove } from './next-move.ts';
import { giveBackPerson, takePerson } from './person.ts';
import { reasonOf } from './reason-of.ts';
import { claim } from './transitions.ts';
import { callAbout, callVendor } from './vendor-call.ts';
import type { Entered } from './way-in.ts';

type Ready = Extract<Prepared, { kind: 'ready' }>;

/** Works on the run's account step. @throws Error where the ledger or the topic did not answer; the message then comes back as it was */
export async function attempt(context: Attempt): Promise<StepPass> {
  const { deps, signup, session, signal } = context;
  const { roles } = deps.config.destination;
  const step = currentStep(context.draft.item);
  if (!roles.includes(signup.role)) {
    const message = `role: ${signup.role} is not among the roles that this destination hands out (${roles.join(', ')})`;
    return refuse(context, { code: 'mapping', message });
  }
  const noRoom = deps.platform.canRegister ? roomProblem(signup) : undefined;
  if (noRoom !== undefined) return refuse(context, { code: 'mapping', message: noRoom });
  const prepared = deps.vendor.prepare(signup);
  if (prepared.kind === 'rejected') return refuse(context, { code: 'mapping', message: prepared.message });
  const entered = await session.enter(signal);
  if (entered.kind === 'blocked') return wait(context, entered.reason, false, entered.retryAfterMs);
  const vendor = { canLookUp: deps.platform.canLookUp, duplicates: deps.config.destination.duplicates };
  switch (nextMove(step.maybeDone, vendor)) {
    case 'unknown':
      return endUnknown(context, nobodyCanAsk);
    case 'look-up':
      return lookUpFirst(context, entered, prepared);
    case 'call':
      return lockAndCall(context, entered, prepared);
  }
}

const nobodyCanAsk: Reason = {
  code: 'vendor-reply-lost',
  message: 'a call may have been carried out, the vendor cannot be asked, and a repeat could make a second account',
};

async function lookUpFirst(context: Attempt, entered: Entered, prepared: Ready): Promise<StepPass> {
  const { deps, session } = context;
  const { lookUp } = entered.account;
  if (lookUp === undefined)
    throw new Error(`platform ${deps.config.destination.platform} says that it can look up and cannot`);
  const found = await callAbout(context, entered, lookUp);
  switch (found.kind) {
    case 'exists':
      return endExisting(context, await withTags(context, entered, found), {
        code: 'vendor-reply-lost',
        message: 'found at the vendor after a lost reply',
      });
    case 'absent':
      // It proves nothing: the vendor may still be at it. A repeat is safe only where a late first call would lose against the vendor's own check.
      if (deps.config.destination.duplicates === 'refused') return lockAndCall(context, entered, prepared);
      return endUnknown(context, nobodyCanAsk);
    case 'token-refused':
      await session.tokenRefused(entered);
      return wait(context, reasonOf(found), false);
    case 'credentials-refused':
      await session.credentialsRefused(entered);
      return wait(context, reasonOf(found), false);
    case 'not-done':
      return wait(context, reasonOf(found), false, found.retryAfterMs);
    case 'rejected':
    case 'nobody-knows':
      return wait(context, reasonOf(found), false);
  }
}

async function lockAndCall(attempted: Attempt, entered: Entered, prepared: Ready): Promise<StepPass> {
  const { deps } = attempted;
  if (deps.config.destination.duplicates === 'refused') return call(attempted, entered, prepared, undefined);
  // No earlier call stands, or this one would not be made: what was called for another person, before a correction, counts no more.
  const { person: _before, ...item } = attempted.draft.item;
  const draft = { ...attempted.draft, item };
  const context = { ...attempted, draft };
  const lock = await takePerson(deps, draft.item, hashPerson(context.ledgerKey, prepared.personKey));
  const reason = { code: 'person-busy', message: 'another signup of the same person is being worked on' } as const;
  switch (lock.kind) {
    case 'mine':
      return call(context, entered, prepared, lock.item);
    case 'has-account':
      return endExisting(context, await foundAgain(context, entered), {
        code: 'vendor-duplicate',
        message: 'another signup made it',
      });
    case 'may-have-account':
      return endUnknown(context, { ...reason, message: 'another signup of the same person may have made the account' });
    case 'busy':
      return wait(context, reason, false);
  }
}

/** The account that another signup of the person made, as the vendor has it; without details where the vendor can't be asked, or does not say. */
async function foundAgain(context: Attempt, entered: Entered): Promise<FoundAccount> {
  const { lookUp } = entered.account;
  const found = lookUp && (await callAbout(context, entered, lookUp));
  return found?.kind === 'exists' ? withTags(context, entered, found) : { account: {}, notApplied: [] };
}

async function call(
  context: Attempt,
  entered: Entered,
  prepared: Ready,
  person: PersonItem | undefined,
): Promise<StepPass> {
  const { deps, draft } = context;
  const { ledger, config, now } = deps;
  if (context.signal.aborted)
    return wait(context, { code: 'vendor-unavailable', message: 'the time was over before the call' }, false);
  const password = await passwordFor(context, prepared);
  const item = person === undefined ? draft.item : { ...draft.item, person: person.id };
  const claimed = claim(item, now() + config.timeLimits.leaseMs, password?.stored, stamp(deps));
  const written = await ledger.signups.write(claimed, draft.seen);
  if (!written.applied) return { kind: 'lost-race', found: written.found };
  const called: Attempt = { ...context, draft: { item: claimed, seen: claimed.writeId } };
  const { result, way } = await callVendor<AccountResult>(called, entered, ({ account }, about) =>
    account.createAccount({ ...about, password }),
  );
  // If this fails the person stays ours: the next attempt takes it again, and after an end without an account others may.
  if (person !== undefined && certainlyNotMade(result)) await giveBackPerson(deps, person).catch(() => undefined);
  return settle(called, way, result);
}

async function settle(context: Attempt, entered: Entered, result: AccountResult): Promise<StepPass> {
  const { deps, draft, signup } = context;
  const { duplicates } = deps.config.destination;
  switch (result.kind) {
    case 'created': {
      const { account, notApplied, warning } = result;
      if (warning !== undefined)
        deps.observer.warn('account made, with a warning', { ...about(draft.item), detail: warning });
      const credentials = await newCredentials(context, result.credentials);
      return conclude(
        deps,
        draft,
        { outcome: 'created', reason: null, signup, account, notApplied, credentials, next: nextSteps(context) },
        context.keepBody,
      );
    }
    case 'duplicate':
      return endExisting(context, await withTags(context, entered, result), {
        code: 'vendor-duplicate',
        message: result.message,
      });
    case 'rejected':
      return refuse(context, reasonOf(result));
    case 'not-done':
      return wait(context, reasonOf(result), false, result.retryAfterMs);
    case 'token-refused':
    case 'credentials-refused':
      return wait(context, reasonOf(result), false);
    case 'nobody-knows':
      if (nextMove(true, { canLookUp: deps.platform.canLookUp, duplicates }) === 'unknown')
        return endUnknown(context, reasonOf(result));
      return wait(context, reasonOf(result), true);
  }
}

const certainlyNotMade = (result: AccountResult): result is Exclude<CallFailure, { kind: 'nobody-knows' }> =>
  result.kind === 'not-done' ||
  result.kind === 'token-refused' ||
  result.kind === 'rejected' ||
  result.kind === 'credentials-refused';

/** `rejected`, unless an earlier call may have been carried out: then nobody knows, and a person must look. */
export async function refuse(context: Attempt, reason: Reason): Promise<StepPass> {
  const { deps, draft, signup, keepBody } = context;
  if (currentStep(draft.item).maybeDone) return endUnknown(context, reason);
  return conclude(deps, draft, { outcome: 'rejected', reason, signup }, keepBody);
}

function endUnknown(context: Attempt, reason: Reason): Promise<StepPass> {
  const { deps, draft, signup, keepBody } = context;
  return conclude(
    deps,
    draft,
    { signup, credentials: credentialsAfterLoss(context), outcome: 'unknown', reason },
    keepBody,
  );
}

function endExisting(context: Attempt, found: FoundAccount, reason: Reason): Promise<StepPass> {
  const { deps, draft, signup, keepBody } = context;
  const { maybeDone } = currentStep(draft.item);
  const credentials = maybeDone ? credentialsAfterLoss(context) : ({ state: 'existing' } as const);
  const { account, notApplied } = found;
  return conclude(
    deps,
    draft,
    {
      outcome: 'existing',
      reason,
      signup,
      account,
      notApplied,
      credentials,
      afterLostReply: maybeDone,
      next: nextSteps(context),
    },
    keepBody,
  );
}

function wait(context: Attempt, reason: Reason, maybeDone: boolean, retryAfterMs?: number): Promise<StepPass> {
  const { deps, draft, signup, keepBody } = context;
  const credentials = (outcome: 'failed' | 'unknown') => (outcome === 'unknown' ? credentialsAfterLoss(context) : null);
  const conclusion = (outcome: 'failed' | 'unknown') => ({ signup, credentials: credentials(outcome) });
  return returnOrGiveUp(deps, draft, { reason, maybeDone, retryAfterMs }, conclusion, keepBody);
}

/** The steps that follow an account: a registration for each offering, where the platform has such. */
export const nextSteps = ({ deps, signup }: Pick<Attempt, 'deps' | 'signup'>): readonly string[] =>
  deps.platform.canRegister ? registrationSteps(signup.offerings) : [];
