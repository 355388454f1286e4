import * as z from 'zod/mini';
import { unreadable } from '../http-failure.ts';
import { callJson, type JsonApi, type JsonFailure, type JsonResult, jsonIn } from '../json-call.ts';
import { isSameKey } from '../same-key.ts';
import type { ScimSettings } from './settings.ts';

/** A user as servers tell it; attributes that are not told are absent. Of another type than theirs, only those by which a user is known spoil it. */
export const toldUserSchema = z.looseObject({
  id: z.string().check(z.regex(/^\S.{0,254}$/u)),
  userName: z.nullish(z.string()),
  externalId: z.nullish(z.string()),
});

export type ToldUser = z.infer<typeof toldUserSchema>;

/** RFC 7644, 3.4.2: `Resources` is required where there are results. */
const listSchema = z.object({
  totalResults: z.int().check(z.nonnegative()),
  Resources: z.nullish(z.array(toldUserSchema)),
});

export type Found =
  | { readonly kind: 'exists'; readonly user: ToldUser }
  | { readonly kind: 'absent' }
  | Extract<JsonResult, { kind: 'refused' }>
  | JsonFailure;

/** Who is looked for: by the name in the server's words, and where there is one by our own key, in its exact spelling. */
export interface SoughtUser {
  readonly userName: string;
  readonly externalId?: string | undefined;
}

/** Whether a user that a server tells is the one that was sent or sought. */
export const isSought = (user: ToldUser, { userName, externalId }: SoughtUser): boolean =>
  isSameKey(user.userName ?? '', userName) || (externalId !== undefined && user.externalId === externalId);

/**
 * Looks for a user by `filter=userName eq "…"`, and where that finds nobody by our key: there are servers that compare `userName` with
 * its case, against RFC 7643, 4.1.1, and such that keep it under a name of their own. Not every server filters by `externalId`; one that
 * does not has said by `userName` what it can say.
 */
export async function findUser(
  api: JsonApi,
  sought: SoughtUser,
  settings: ScimSettings,
  signal: AbortSignal,
): Promise<Found> {
  const byName = await findBy('userName', sought.userName, api, sought, settings, signal);
  if (byName.kind !== 'absent' || sought.externalId === undefined) return byName;
  const byKey = await findBy('externalId', sought.externalId, api, sought, settings, signal);
  return byKey.kind === 'refused' || byKey.kind === 'rejected' ? byName : byKey;
}

/** The answer is compared again: `absent` is said only of a list that is whole, so that a server that does not filter proves nothing by its first page. */
async function findBy(
  attribute: 'userName' | 'externalId',
  value: string,
  api: JsonApi,
  sought: SoughtUser,
  settings: ScimSettings,
  signal: AbortSignal,
): Promise<Found> {
  const result = await callJson(api, searchRequest(`${attribute} eq ${JSON.stringify(value)}`, settings, signal));
  if (result.kind !== 'answer') return result;
  const list = z.safeParse(listSchema, result.status === 200 ? jsonIn(result.body) : undefined);
  if (!list.success) return unreadable('it is no list of users');
  const users = list.data.Resources ?? [];
  const user = users.find((candidate) => isSought(candidate, sought));
  if (user !== undefined) return { kind: 'exists', user };
  if (list.data.totalResults > users.length) return unreadable('it is a part of a list that was not filtered');
  return { kind: 'absent' };
}

/** @param filter RFC 7644, 3.4.2.2: the value in it is a JSON string */
function searchRequest(filter: string, settings: ScimSettings, signal: AbortSignal) {
  if (settings.search === 'get')
    return { method: 'GET', path: `/Users?filter=${encodeURIComponent(filter)}`, signal } as const;
  const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter };
  return { method: 'POST', path: '/Users/.search', body, signal } as const;
}
