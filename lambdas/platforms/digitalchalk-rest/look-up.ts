import type { JsonApi } from '../json-call.ts';
import type { LookUpResult } from '../platform.ts';
import { type FoundUser, findUser, type Person } from './find-user.ts';
import { loginOf, notAppliedToExisting } from './user-fields.ts';

/** Whether the vendor has the signup's person. */
export async function lookUp(api: JsonApi, person: Person): Promise<LookUpResult> {
  const found = await findUser(api, person);
  if (found.kind === 'exists') return { kind: 'exists', ...existingAccount(found.user, person) };
  return found.kind === 'refused' ? { kind: 'rejected', message: found.message } : found;
}

/** What is told of a user who was there before. Where the vendor tells no username, the organisation has none. */
export const existingAccount = ({ id, username, tags }: FoundUser, { signup, settings }: Person) => ({
  account: { userId: id, username: username ?? loginOf(signup, settings) },
  notApplied: notAppliedToExisting(signup, tags ?? [], settings),
});
