import type { CallFailure } from './platform.ts';

/** What a harmless call that is about nobody shows of the credentials. */
export type Probed = CallFailure | { readonly kind: 'accepted' };

/**
 * A refusal that does not say whom it is about, such as a 403: the credentials, or the person in the call (a firewall that dislikes a name,
 * a rule of the vendor's; RFC 7644, 3.12). The same credentials are tried once more without a person. What one person's data draw must not
 * count against them, or two attempts at one signup would stop everybody's.
 *
 * Credentials that may look people up and do no more are accepted here, too, and each signup is `rejected`: a vendor that says so only to
 * a call with a person in it can't be told from one that dislikes this person, and a stranger's form must not stop a destination.
 *
 * @param refusal the vendor's words, or ours where it has none
 * @param probe the harmless call
 */
export async function askWithoutPerson(refusal: string, probe: () => Promise<Probed>): Promise<Refusal> {
  const probed = await probe();
  if (probed.kind === 'accepted') return { kind: 'rejected', message: `${refusal} (${aboutThisCall})` };
  // In the refusal's words: from those of the probe nobody has taken the person's secrets.
  return probed.kind === 'credentials-refused' ? { ...probed, message: refusal } : unasked(refusal, probed);
}

const aboutThisCall =
  'the same credentials are accepted in a call about nobody: this person is refused, or the credentials may look people up and do no more';

type Refusal = Extract<CallFailure, { kind: 'not-done' | 'credentials-refused' | 'rejected' }>;

/**
 * Where a refusal means one thing or another by the vendor's answer to a question, and there was none: the refusal stands, nothing was made,
 * and the next attempt asks again. Only where the vendor will have no call about this person (`rejected`), nobody ever learns why.
 *
 * @param refusal the vendor's words
 * @param failure what became of the question
 */
export function unasked(
  refusal: string,
  failure: CallFailure | { readonly kind: 'refused'; readonly message: string },
): Refusal {
  switch (failure.kind) {
    case 'credentials-refused':
      return failure;
    case 'rejected':
      return { kind: 'rejected', message: refusal };
    default: {
      const message = `${refusal} (why is not known, for the look-up failed: ${failure.message})`;
      return failure.kind === 'not-done' ? { ...failure, message } : { kind: 'not-done', message };
    }
  }
}
