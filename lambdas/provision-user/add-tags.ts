import type { LookUpResult } from '../platforms/platform.ts';
import type { Attempt } from './attempt-context.ts';
import { callAbout } from './vendor-call.ts';
import type { Entered } from './way-in.ts';

/** An account that was there before, and which of the signup's fields it did not get. */
export type FoundAccount = Pick<Extract<LookUpResult, { kind: 'exists' }>, 'account' | 'notApplied'>;

/**
 * Gives an account that was there before the signup's tags that it lacks, where the vendor has a call for it. Repeating it does no harm,
 * and failing loses nothing: the event then says that the tags were not applied.
 */
export async function withTags(context: Attempt, entered: Entered, found: FoundAccount): Promise<FoundAccount> {
  const { addTags } = entered.account;
  if (addTags === undefined || !found.notApplied.includes('tags')) return found;
  const result = await callAbout(context, entered, (call) => addTags({ ...call, account: found.account }));
  if (result.kind !== 'added') return found;
  return { ...found, notApplied: found.notApplied.filter((field) => field !== 'tags') };
}
