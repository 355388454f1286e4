import * as z from 'zod/mini';
import type { Signup } from '../../signups/signup.ts';
import { unreadable } from '../http-failure.ts';
import { callJson, type JsonApi, type JsonResult, jsonIn } from '../json-call.ts';
import type { AccountResult, CreateAccountCall } from '../platform.ts';
import { isSameKey } from '../same-key.ts';
import { unasked } from '../without-person.ts';
import { findUser, type Person } from './find-user.ts';
import { locationId } from './location-id.ts';
import { existingAccount } from './look-up.ts';
import { notApplied, userOf } from './user-fields.ts';

/** `POST /users` (DigitalChalk API v5, Create a New User). */
export async function createUser(api: JsonApi, person: Person, call: CreateAccountCall): Promise<AccountResult> {
  const { signup, settings, signal } = person;
  if (call.password === null) return { kind: 'rejected', message: 'DigitalChalk makes no account without a password' };
  const body = userOf(signup, call.password.value, settings);
  const result = await callJson(api, { method: 'POST', path: '/users', body, signal });
  if (result.kind === 'refused') return afterRefusal(api, person, result.message);
  if (result.kind !== 'answer') return result;
  const userId = createdId(result, signup);
  if (typeof userId !== 'string') return userId;
  return {
    kind: 'created',
    account: { userId, username: body.username },
    notApplied: notApplied(signup, settings),
  };
}

/** A success is 201, a `Location` with the new user's id, and nothing in the body that speaks of somebody else. */
function createdId({ status, location, body }: Extract<JsonResult, { kind: 'answer' }>, signup: Signup) {
  const userId = locationId(location, 'users');
  if (status !== 201 || userId === undefined) return unreadable('it does not say that a user was made');
  if (body.kind === 'empty') return userId;
  const said = z.safeParse(z.object({ email: z.optional(z.string()) }), jsonIn(body));
  if (!said.success) return unreadable('it says more than that a user was made');
  const { email = signup.email } = said.data;
  return isSameKey(email, signup.email)
    ? userId
    : unreadable('it speaks of another address than the one that was sent');
}

/**
 * What a refusal of `POST /users` means: a collision of address or username is told by the same 400 as any other mistake, and no text is
 * published (DigitalChalk API v5, Create a New User, Failure Cases). So the vendor is asked whether the person is there. Where that is
 * not answered the refusal stands, nothing was made, and the next attempt asks again.
 */
async function afterRefusal(api: JsonApi, person: Person, message: string): Promise<AccountResult> {
  const found = await findUser(api, person);
  if (found.kind === 'exists') return { kind: 'duplicate', message, ...existingAccount(found.user, person) };
  return found.kind === 'absent' ? { kind: 'rejected', message } : unasked(message, found);
}
