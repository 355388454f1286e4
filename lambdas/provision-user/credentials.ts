import type { Prepared } from '../platforms/platform.ts';
import type { EventCredentials } from '../signups/event.ts';
import type { MadePassword } from '../signups/ledger.ts';
import { currentStep, mayBeDone, offeringOf } from '../signups/ledger.ts';
import { makePassword, passwordBytes } from '../signups/made-password.ts';
import type { Credentials } from '../signups/sealing.ts';
import { openCredentials, sealCredentials } from '../signups/sealing.ts';
import type { Attempt } from './attempt-context.ts';

/** The password that a call sets; `stored` goes into the `calling` write where we made it, before the call. */
export interface PasswordToSet {
  readonly value: string;
  readonly made: boolean;
  readonly stored?: MadePassword;
}

type Context = Pick<Attempt, 'deps' | 'draft' | 'signup' | 'ledgerSealer'>;

/**
 * The password to set: the person's own, or one that we make. A made one is reused by every attempt, and by later runs, as long as the username is the
 * same: an earlier call may have set it. It is encrypted anew for each attempt, for recipients come and go while a signup waits.
 *
 * @returns `null` where the vendor makes passwords, or has none
 */
export async function passwordFor(
  context: Context,
  prepared: Extract<Prepared, { kind: 'ready' }>,
): Promise<PasswordToSet | null> {
  const { deps, draft, signup, ledgerSealer } = context;
  if (deps.platform.credentials !== 'ours') return null;
  if (signup.password !== undefined) return { value: signup.password, made: false };
  const username = prepared.loginName ?? signup.email;
  const stored = currentStep(draft.item).password;
  const before = stored === undefined ? undefined : await openCredentials(ledgerSealer, stored.sealed);
  const value = before?.username === username ? before.password : makePassword(deps.randomBytes(passwordBytes));
  const made = { username, password: value };
  const credentials = await sealCredentials(made, recipients(context));
  return { value, made: true, stored: { sealed: await ledgerSealer.seal(JSON.stringify(made)), credentials } };
}

/** What is told of the credentials of an account that the vendor's own success reply said was created. */
export async function newCredentials(
  context: Context,
  fromVendor: Credentials | undefined,
): Promise<EventCredentials | null> {
  switch (context.deps.platform.credentials) {
    case 'none':
      return null;
    case 'vendor-made':
      if (fromVendor === undefined) return { state: 'lost' };
      return encryptedOrDiscarded(await sealCredentials(fromVendor, recipients(context)));
    case 'ours': {
      const made = currentStep(context.draft.item).password;
      return made === undefined ? { state: 'chosen' } : encryptedOrDiscarded(made.credentials);
    }
  }
}

/**
 * What is told of the credentials where a call whose reply was lost may have made the account.
 *
 * @returns `null` also where no call of this signup's can have, for whoever made the account tells of them; and of a registration
 */
export function credentialsAfterLoss({ deps, draft }: Pick<Context, 'deps' | 'draft'>): EventCredentials | null {
  const step = currentStep(draft.item);
  if (offeringOf(step.name) !== undefined || !mayBeDone(step)) return null;
  switch (deps.platform.credentials) {
    case 'none':
      return null;
    case 'vendor-made':
      return { state: 'lost' };
    case 'ours': {
      const made = step.password;
      return made === undefined ? { state: 'chosen' } : { state: 'unconfirmed', jwe: made.credentials };
    }
  }
}

/** What is told of the credentials of an account that a person found at the vendor, about which nobody had known. */
export function credentialsOfFound(context: Pick<Context, 'deps' | 'draft' | 'signup'>): EventCredentials | null {
  const { deps, draft, signup } = context;
  const isAnothers = currentStep(draft.item).password === undefined && signup.password === undefined;
  return deps.platform.credentials === 'ours' && isAnothers ? { state: 'existing' } : credentialsAfterLoss(context);
}

const encryptedOrDiscarded = (jwe: unknown): EventCredentials =>
  jwe === null ? { state: 'discarded' } : { state: 'encrypted', jwe };

const recipients = ({ deps }: Context) => deps.config.destination.recipients ?? [];
