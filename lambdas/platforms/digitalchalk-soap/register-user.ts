import { unreadable } from '../http-failure.ts';
import type { RegisterCall, RegisterResult } from '../platform.ts';
import { isSameKey } from '../same-key.ts';
import { unasked } from '../without-person.ts';
import { aboutWhom, doesUserExist } from './does-user-exist.ts';
import type { DigitalChalkSoapSettings } from './settings.ts';
import { loginOf } from './signup-fields.ts';
import { callOperation, type SoapEndpoint } from './soap-call.ts';
import { readBoolean } from './soap-reply.ts';

/**
 * DigitalChalk API v4, registerUser. No code or text of a fault is published, so that nobody can tell an offering that is closed from a
 * registration that is there: after a fault the vendor is asked for the user, and where it answers, the fault was about the registration and
 * is `rejected` with its words. `already` is never said.
 */
export async function registerUser(
  endpoint: SoapEndpoint,
  settings: DigitalChalkSoapSettings,
  { signup, offering, signal }: RegisterCall,
): Promise<RegisterResult> {
  const username = loginOf(signup, settings);
  const result = await callOperation(endpoint, 'registerUser', { username, offeringId: offering }, signal);
  if (result.kind === 'fault') return afterFault(endpoint, username, signal, result.message);
  if (result.kind === 'forbidden') return aboutWhom(endpoint, result.message, signal);
  if (result.kind !== 'answer') return result;
  const { fields } = result;
  const success = readBoolean(fields.get('success'));
  if (success === undefined) return unreadable('registerUser says neither yes nor no');
  if (!success) return { kind: 'rejected', message: 'the vendor answers success = false and gives no reason' };
  if (isSomethingElse(fields.get('offeringId'), offering))
    return unreadable('it speaks of another offering than the one that was sent');
  if (isSomethingElse(fields.get('studentUsername'), username, signup.email))
    return unreadable('it speaks of another student than the one that was sent');
  return { kind: 'registered', registrationId: fields.get('studentRegistrationId')?.trim() || undefined };
}

async function afterFault(
  endpoint: SoapEndpoint,
  username: string,
  signal: AbortSignal,
  message: string,
): Promise<RegisterResult> {
  const found = await doesUserExist(endpoint, username, signal);
  return typeof found === 'boolean' ? { kind: 'rejected', message } : unasked(message, found);
}

/** What the vendor tells, if it tells anything, is none of what may be told: "the username/email address of the registered user". */
const isSomethingElse = (told: string | undefined, ...expected: string[]): boolean =>
  told !== undefined && told.trim() !== '' && !expected.some((text) => isSameKey(told, text));
