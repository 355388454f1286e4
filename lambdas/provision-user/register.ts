import type { RegisterResult } from '../platforms/platform.ts';
import { accountStep, currentStep } from '../signups/ledger.ts';
import type { Reason } from '../signups/outcome.ts';
import type { Attempt } from './attempt-context.ts';
import type { Conclusion, StepPass } from './conclude.ts';
import { conclude, returnOrGiveUp, stamp } from './conclude.ts';
import { reasonOf } from './reason-of.ts';
import { claim } from './transitions.ts';
import { callVendor } from './vendor-call.ts';

/**
 * One attempt at one registration: the step that follows the account, for each offering that was signed up for. Not every vendor can be asked
 * whether it has a registration: after a lost reply the call is repeated, and a refusal then is `unknown`. Whatever becomes of it, the
 * account stands.
 *
 * @throws Error where the ledger or the topic did not answer; the message then comes back as it was
 */
export async function register(context: Attempt, offering: string): Promise<StepPass> {
  const { deps, draft, signup, session, signal } = context;
  const { ledger, config, now } = deps;
  const step = currentStep(draft.item);
  if (step.attempt === 0 && !signup.offerings.includes(offering))
    return conclude(
      deps,
      draft,
      { outcome: 'rejected', reason: notNamed, signup, account: accountOf(context) },
      context.keepBody,
    );
  const entered = await session.enter(signal);
  if (entered.kind === 'blocked') return wait(context, entered.reason, false, entered.retryAfterMs);
  if (signal.aborted) return wait(context, outOfTime, false);
  const claimed = claim(draft.item, now() + config.timeLimits.leaseMs, undefined, stamp(deps));
  const written = await ledger.signups.write(claimed, draft.seen);
  if (!written.applied) return { kind: 'lost-race', found: written.found };
  const called: Attempt = { ...context, draft: { item: claimed, seen: claimed.writeId } };
  const account = accountOf(context);
  const { result } = await callVendor<RegisterResult>(called, entered, (way, about) => {
    // Not the account that was entered first: its credentials may have been replaced since.
    const { register: registerAtVendor } = way.account;
    if (registerAtVendor === undefined)
      throw new Error(`platform ${config.destination.platform} says that it can register and cannot`);
    return registerAtVendor({ ...about, offering, account });
  });
  return settle(called, result);
}

const outOfTime: Reason = { code: 'vendor-unavailable', message: 'the time was over before the call' };
const notNamed: Reason = {
  code: 'mapping',
  message: 'the signup, as it is mapped now, does not name this offering any more',
};

function settle(context: Attempt, result: RegisterResult): Promise<StepPass> {
  const { deps, draft, signup, keepBody } = context;
  const about = { signup, account: accountOf(context) };
  const { maybeDone } = currentStep(draft.item);
  switch (result.kind) {
    case 'registered': {
      const { registrationId } = result;
      return conclude(deps, draft, { ...about, outcome: 'created', reason: null, registrationId }, keepBody);
    }
    case 'already': {
      const reason: Reason = { code: 'vendor-duplicate', message: result.message };
      return conclude(deps, draft, { ...about, outcome: 'existing', reason, afterLostReply: maybeDone }, keepBody);
    }
    case 'rejected':
      return conclude(deps, draft, { ...about, ...refused(context, reasonOf(result)) }, keepBody);
    case 'not-done':
      return wait(context, reasonOf(result), false, result.retryAfterMs);
    case 'token-refused':
    case 'credentials-refused':
      return wait(context, reasonOf(result), false);
    case 'nobody-knows':
      return wait(context, reasonOf(result), true);
  }
}

/** A refusal after a lost reply may mean that the first call was carried out. */
const refused = ({ draft }: Attempt, reason: Reason): Pick<Conclusion, 'outcome' | 'reason'> => ({
  outcome: currentStep(draft.item).maybeDone ? 'unknown' : 'rejected',
  reason,
});

function wait(context: Attempt, reason: Reason, maybeDone: boolean, retryAfterMs?: number): Promise<StepPass> {
  const { deps, draft, signup, keepBody } = context;
  const conclusion = () => ({ signup, account: accountOf(context) });
  return returnOrGiveUp(deps, draft, { reason, maybeDone, retryAfterMs }, conclusion, keepBody);
}

/** What the vendor said of the account when it was made or found. */
function accountOf({ draft }: Attempt) {
  const step = accountStep(draft.item);
  return (step.state === 'done' ? step.account : undefined) ?? {};
}
