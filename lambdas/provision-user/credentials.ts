import type { Prepared } from '../platforms/platform.ts';
import type { EventCredentials } from '../signups/event.ts';
import type { MadePassword } from '../signups/ledger.ts';
import { currentStep } from '../signups/ledger.ts';
import { makePassword, passwordBytes } from '../signups/made-password.ts';
import type { Credentials } from '../signups/sealing.ts';
import { sealCredentials } from '../signups/sealing.ts';
import type { Attempt } from './attempt-context.ts';

/** The password that a call sets; `stored` goes into the `calling` write where we made it, before the call. */
export interface PasswordToSet {
  readonly value: string;
  readonly made: boolean;
  readonly stored?: MadePassword;
}

type Context = Pick<Attempt, 'deps' | 'draft' | 'signup' | 'ledgerSealer'>;

/**
 * The password to set: the person's own, or one that we make. A run has one made password, reused by every attempt.
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
  const stored = currentStep(draft.item).password;
  if (stored !== undefined) return { value: await ledgerSealer.open(stored.sealed), made: true, stored };
  const value = makePassword(deps.randomBytes(passwordBytes));
  const username = prepared.loginName ?? signup.email;
  const credentials = await sealCredentials({ username, password: value }, recipients(context));
  return { value, made: true, stored: { sealed: await ledgerSealer.seal(value), credentials } };
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

/** What is told of the credentials where a call whose reply was lost may have made the account. */
export function credentialsAfterLoss({ deps, draft }: Pick<Context, 'deps' | 'draft'>): EventCredentials | null {
  switch (deps.platform.credentials) {
    case 'none':
      return null;
    case 'vendor-made':
      return { state: 'lost' };
    case 'ours': {
      const made = currentStep(draft.item).password;
      return made === undefined ? { state: 'chosen' } : { state: 'unconfirmed', jwe: made.credentials };
    }
  }
}

const encryptedOrDiscarded = (jwe: unknown): EventCredentials =>
  jwe === null ? { state: 'discarded' } : { state: 'encrypted', jwe };

const recipients = ({ deps }: Context) => deps.config.destination.recipients ?? [];
