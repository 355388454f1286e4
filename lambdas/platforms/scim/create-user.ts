import * as z from 'zod/mini';
import type { Signup } from '../../signups/signup.ts';
import { unreadable } from '../http-failure.ts';
import { callJson, type JsonApi, type JsonResult, jsonIn } from '../json-call.ts';
import type { AccountResult, CreateAccountCall, LookUpResult, VendorCall } from '../platform.ts';
import { isSameKey } from '../same-key.ts';
import { unasked } from '../without-person.ts';
import { findUser, isSought, type ToldUser, toldUserSchema } from './find-user.ts';
import { isUniqueness } from './scim-error.ts';
import type { ScimSettings } from './settings.ts';
import { notApplied, notAppliedToExisting, soughtUser, userResource } from './user-resource.ts';

/** `POST /Users` (RFC 7644, 3.3). */
export async function createUser(
  api: JsonApi,
  settings: ScimSettings,
  call: CreateAccountCall,
): Promise<AccountResult> {
  const { signup, password, signal } = call;
  const body = userResource(signup, password?.value, settings);
  const result = await callJson(api, { method: 'POST', path: '/Users', body, signal });
  if (result.kind === 'refused') return afterRefusal(api, settings, call, result);
  if (result.kind !== 'answer') return result;
  return createdUser(result, signup, settings);
}

/** A success is 201 and the new user, with an id, under the name or by the key that was sent. */
function createdUser(
  { status, body }: Extract<JsonResult, { kind: 'answer' }>,
  signup: Signup,
  settings: ScimSettings,
): AccountResult {
  const read = z.safeParse(toldUserSchema, status === 201 ? jsonIn(body) : undefined);
  if (!read.success) return unreadable('it is no user that was made');
  const user = read.data;
  const sought = soughtUser(signup, settings);
  if (!isSought(user, sought)) return unreadable('it speaks of another user than the one that was sent');
  const told = new Set(Object.keys(user).map((name) => name.toLowerCase()));
  return {
    kind: 'created',
    account: accountOf(user),
    notApplied: notApplied(signup, told, settings),
    warning: warningOf(user, sought.userName),
  };
}

function warningOf({ userName, active }: ToldUser, sent: string): string | undefined {
  const warnings = [
    // There are servers that write it as text.
    ...(String(active).toLowerCase() === 'false' ? ['the vendor made the user inactive'] : []),
    ...(isSameKey(userName ?? sent, sent) ? [] : ['the vendor knows the user by another userName than was sent']),
  ];
  return warnings.length === 0 ? undefined : warnings.join('; ');
}

/**
 * What a refusal means. 409 with `uniqueness` says that the vendor has the person (RFC 7644, 3.3); but there are servers that say it by 400 or
 * without `scimType`, so each refusal is sorted by asking for the user.
 */
async function afterRefusal(
  api: JsonApi,
  settings: ScimSettings,
  { signup, signal }: VendorCall,
  { message, body }: Extract<JsonResult, { kind: 'refused' }>,
): Promise<AccountResult> {
  const found = await findUser(api, soughtUser(signup, settings), settings, signal);
  const duplicate = { kind: 'duplicate', message, notApplied: notAppliedToExisting(signup, settings) } as const;
  if (found.kind === 'exists') return { ...duplicate, account: accountOf(found.user) };
  if (isUniqueness(jsonIn(body))) return { ...duplicate, account: {} };
  return found.kind === 'absent' ? { kind: 'rejected', message } : unasked(message, found);
}

/** Whether the server has the signup's user. */
export async function lookUp(
  api: JsonApi,
  settings: ScimSettings,
  { signup, signal }: VendorCall,
): Promise<LookUpResult> {
  const found = await findUser(api, soughtUser(signup, settings), settings, signal);
  if (found.kind === 'refused') return { kind: 'rejected', message: found.message };
  if (found.kind !== 'exists') return found;
  return { kind: 'exists', account: accountOf(found.user), notApplied: notAppliedToExisting(signup, settings) };
}

const accountOf = ({ id, userName }: ToldUser) => ({ userId: id, username: userName ?? undefined });
