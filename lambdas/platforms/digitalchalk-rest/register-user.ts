import * as z from 'zod/mini';
import { unreadable } from '../http-failure.ts';
import { callJson, type JsonApi, type JsonFailure, jsonIn } from '../json-call.ts';
import type { RegisterCall, RegisterResult } from '../platform.ts';
import { findUserId, type Person } from './find-user.ts';
import { locationId } from './location-id.ts';

/** DigitalChalk API v5, Retrieve all registration data: `status` is active, passed, failed or ejected. */
const registrationsSchema = z.object({
  results: z.array(z.object({ userId: z.string(), offeringId: z.string(), status: z.nullish(z.string()) })),
});

/**
 * `POST /registrations` (DigitalChalk API v5, Register User Into Course Offering), unless the user has an active registration: an
 * offering can allow retakes, and a repeat after a lost reply would then be a second one.
 *
 * No text of a refusal is published, so it is never read: `already` is said on an active registration alone, and a refusal (closed,
 * passed before and no retakes, no such offering) is `rejected` with the vendor's words.
 */
export async function registerUser(
  api: JsonApi,
  person: Person,
  { account, offering }: RegisterCall,
): Promise<RegisterResult> {
  const { signal } = person;
  const userId = await findUserId(api, person, account);
  if (typeof userId !== 'string') return userId;
  const body = { userId, offeringId: offering };
  const before = await isRegistered(api, body, signal);
  if (before === true) return { kind: 'already', message: 'the user has an active registration for this offering' };
  if (before !== false) return before;
  const result = await callJson(api, { method: 'POST', path: '/registrations', body, signal });
  if (result.kind === 'refused') return afterRefusal(api, body, signal, result.message);
  if (result.kind !== 'answer') return result;
  const registrationId = locationId(result.location, 'registrations');
  if (result.status !== 201 || registrationId === undefined || result.body.kind === 'unreadable')
    return unreadable('it does not say that the user was registered');
  return { kind: 'registered', registrationId };
}

/** An earlier call may have come through between the look and this one. Where that is not answered, the next attempt asks again. */
async function afterRefusal(
  api: JsonApi,
  body: Registration,
  signal: AbortSignal,
  message: string,
): Promise<RegisterResult> {
  const since = await isRegistered(api, body, signal);
  if (since === true) return { kind: 'already', message };
  return since === false ? { kind: 'rejected', message } : since;
}

interface Registration {
  readonly userId: string;
  readonly offeringId: string;
}

/** A list that can't be had says nothing and does nothing: `not-done`. */
async function isRegistered(
  api: JsonApi,
  { userId, offeringId }: Registration,
  signal: AbortSignal,
): Promise<boolean | Exclude<JsonFailure, { kind: 'nobody-knows' }>> {
  const query = new URLSearchParams({ userId, offeringId, status: 'active', limit: '100', offset: '0' });
  const result = await callJson(api, { method: 'GET', path: `/registrations?${query}`, signal });
  if (result.kind === 'refused' || result.kind === 'nobody-knows') return { kind: 'not-done', message: result.message };
  if (result.kind !== 'answer') return result;
  const list = z.safeParse(registrationsSchema, jsonIn(result.body));
  if (!list.success) return { kind: 'not-done', message: unreadable('it is no list of registrations').message };
  return list.data.results.some(
    (each) => each.userId === userId && each.offeringId === offeringId && (each.status ?? 'active') === 'active',
  );
}
