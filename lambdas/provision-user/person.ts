import type { PersonItem, SignupItem } from '../signups/ledger.ts';
import { currentStep, outcomeOf, personItemId, signupItemId } from '../signups/ledger.ts';
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
  if (found.owner !== signup.signupId) {
    const other = await ownerEnded(deps, signup, found);
    if (other !== 'nothing-made') return { kind: other };
  }
  const second = await persons.write(item, found.writeId);
  return second.applied ? { kind: 'mine', item } : { kind: 'busy' };
}

async function ownerEnded(deps: ProvisionDeps, signup: SignupItem, person: PersonItem) {
  const owner = await deps.ledger.signups.read(signupItemId(signup.destination, person.owner));
  const outcome = owner === undefined ? undefined : outcomeOf(currentStep(owner));
  switch (outcome) {
    case 'created':
    case 'existing':
      return 'has-account';
    case 'unknown':
      return 'may-have-account';
    case 'rejected':
    case 'failed':
      // It ended so only if no call of it can have been carried out; it died before it could give the person back.
      return 'nothing-made';
    case 'ignored':
      return 'busy';
    case undefined:
      // Either its run has not ended, or the ledger has forgotten it since: then it kept the person for a reason.
      return owner === undefined && person.takenAt + deps.config.destination.giveUpAfterMs * 2 < deps.now()
        ? 'may-have-account'
        : 'busy';
  }
}

/** Gives the person back, if it is still this very claim's. */
export const giveBackPerson = (deps: ProvisionDeps, lock: PersonItem): Promise<void> =>
  deps.ledger.persons.remove(lock.id, lock.writeId);
