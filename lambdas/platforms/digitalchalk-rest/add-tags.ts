import * as z from 'zod/mini';
import { unreadable } from '../http-failure.ts';
import { callJson, type JsonApi, type JsonResult, jsonIn } from '../json-call.ts';
import type { oneAtATime } from '../one-at-a-time.ts';
import type { AddTagsCall, AddTagsResult } from '../platform.ts';
import { type FoundUser, findUserId, isThisPerson, type Person, userSchema } from './find-user.ts';
import { missingTags } from './user-fields.ts';

/**
 * Adds the signup's tags to a user by `PUT /users/{id}`. Fields that are not sent keep their value, but tags that are sent replace all
 * others (DigitalChalk API v5, Update Basic User Information); so the user's own are read first, one call after the other for each user, and
 * read again afterwards: what is missing is sent once more.
 *
 * There is no condition that a `PUT` could carry, so two workers at once can still lose a tag: one has read back its own, and the other, that had read
 * before, then replaces it.
 *
 * @param perUser what keeps calls about one user apart in this worker
 */
export async function addTags(
  api: JsonApi,
  person: Person,
  { account }: AddTagsCall,
  perUser: ReturnType<typeof oneAtATime>,
): Promise<AddTagsResult> {
  const id = await findUserId(api, person, account);
  if (typeof id !== 'string') return id;
  return perUser(id, () => addMissing(api, person, `/users/${encodeURIComponent(id)}`, 2));
}

/** @param writes how many may still be tried */
async function addMissing(api: JsonApi, person: Person, path: string, writes: number): Promise<AddTagsResult> {
  const { signup, signal } = person;
  const user = readUser(await callJson(api, { method: 'GET', path, signal }));
  if (user.kind !== 'user') return user;
  if (!isThisPerson(user.user, person)) return { kind: 'rejected', message: 'the user with this id is somebody else' };
  const tags = user.user.tags ?? [];
  const missing = missingTags(signup, tags);
  if (missing.length === 0) return { kind: 'added' };
  if (writes === 0) return { kind: 'not-done', message: 'the vendor took the tags, and the user does not have them' };
  const result = await callJson(api, { method: 'PUT', path, body: { tags: [...tags, ...missing] }, signal });
  if (result.kind === 'refused') return { kind: 'rejected', message: result.message };
  // What the user has then is what counts, also where nobody knows what came of the call.
  if (result.kind !== 'answer' && result.kind !== 'nobody-knows') return result;
  return addMissing(api, person, path, writes - 1);
}

function readUser(result: JsonResult): { readonly kind: 'user'; readonly user: FoundUser } | FailedRead {
  if (result.kind === 'refused') return { kind: 'rejected', message: result.message };
  if (result.kind !== 'answer') return result;
  const user = z.safeParse(userSchema, jsonIn(result.body));
  return user.success ? { kind: 'user', user: user.data } : unreadable('it is no user');
}

type FailedRead = Exclude<AddTagsResult, { kind: 'added' }>;
