import type { PersonItem, SignupItem } from '../signups/ledger.ts';
import { accountStep, outcomeOf, personItemId, signupItemId } from '../signups/ledger.ts';
import type { ProvisionDeps } from './deps.ts';

/**
 * The person item: our own lock where the vendor allows a second account for the same person. Taken by one conditional write before the
 * call, if it is absent or mine; given back where the call was certainly not carried out; kept on an account and on `unknown`, for ever.
 */
export type PersonLock =
  | { readonly kind: 'mine'; readonly item: PersonItem }
  /** Another signup made this person's account. */
  | { readonly kind: 'has-account' }
  /** Another signup may have made it. */
  | { readonly kind: 'may-have-account' }
  /** Another signup is at it. */
  | { readonly kind: 'busy' };

/** Takes the person for this signup's next claim. @param hash the keyed hash of the person key */
export async function takePerson(deps: ProvisionDeps, signup: SignupItem, hash: string): Promise<PersonLock> {
  const { persons } = deps.ledger;
  const item: PersonItem = {
    id: personItemId(signup.destination, hash),
    kind: 'person',
    writeId: deps.newId(),
    owner: signup.signupId,
    run: signup.run,
    fence: signup.fence + 1,
    takenAt: deps.now(),
  };
  const first = await persons.write(item, null);
  if (first.applied) return { kind: 'mine', item };
  const { found } = first;
  if (found === undefined) return { kind: 'busy' };
  if (found.owner === signup.signupId) {
    // Taken by a worker that knows more of this signup: this one will lose the claim, and must not hide what that one is about to do.
    if (found.run > item.run || (found.run === item.run && found.fence > item.fence)) return { kind: 'busy' };
  } else {
    const other = await ownerEnded(deps, signup, found);
    if (other !== 'nothing-made') return { kind: other };
  }
  const second = await persons.write(item, found.writeId);
  return second.applied ? { kind: 'mine', item } : { kind: 'busy' };
}

async function ownerEnded(deps: ProvisionDeps, signup: SignupItem, person: PersonItem) {
  const owner = await deps.ledger.signups.read(signupItemId(signup.destination, person.owner));
  // Where the ledger has forgotten the owner since, it kept the person for a reason.
  if (owner === undefined)
    return person.takenAt + deps.config.destination.giveUpAfterMs * 2 < deps.now() ? 'may-have-account' : 'busy';
  // The person is taken before the claim: a run that the owner's item does not show yet may be about to call.
  if (person.run > owner.run) return 'busy';
  // Who takes a person and then loses the claim, to another content of the same signup, leaves a person for whom it never calls.
  const called = owner.person === person.id;
  switch (outcomeOf(accountStep(owner))) {
    case 'created':
    case 'existing':
      return called ? 'has-account' : 'nothing-made';
    case 'unknown':
      return called ? 'may-have-account' : 'nothing-made';
    case 'rejected':
    case 'failed':
      // It ended so only if no call of it can have been carried out; it died before it could give the person back.
      return 'nothing-made';
    case 'ignored':
    case undefined:
      return 'busy';
  }
}

/** Gives the person back, if it is still this very claim's. */
export const giveBackPerson = (deps: ProvisionDeps, lock: PersonItem): Promise<void> =>
  deps.ledger.persons.remove(lock.id, lock.writeId);
