import * as z from 'zod/mini';
import { callJson, type JsonApi, type JsonFailure, type JsonResult, jsonIn, unreadable } from '../json-call.ts';
import { isSameKey } from '../same-key.ts';
import type { ScimSettings } from './settings.ts';

/** A user as servers tell it; attributes that are not told are absent. */
export const toldUserSchema = z.looseObject({
  id: z.string().check(z.regex(/^\S.{0,254}$/u)),
  userName: z.nullish(z.string()),
  externalId: z.nullish(z.string()),
  active: z.nullish(z.boolean()),
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

/**
 * Looks for the user with this `userName`, by `filter=userName eq "…"`. The answer is compared again: `absent` is said only of a list that
 * is whole, so that a server that does not filter proves nothing by its first page.
 */
export async function findUser(
  api: JsonApi,
  userName: string,
  settings: ScimSettings,
  signal: AbortSignal,
): Promise<Found> {
  const result = await callJson(api, searchRequest(userName, settings, signal));
  if (result.kind !== 'answer') return result;
  const list = z.safeParse(listSchema, result.status === 200 ? jsonIn(result.body) : undefined);
  if (!list.success) return unreadable('it is no list of users');
  const users = list.data.Resources ?? [];
  const user = users.find((candidate) => isSameKey(candidate.userName ?? '', userName));
  if (user !== undefined) return { kind: 'exists', user };
  if (list.data.totalResults > users.length) return unreadable('it is a part of a list that was not filtered');
  return { kind: 'absent' };
}

/** RFC 7644, 3.4.2.2: the value is a JSON string. */
function searchRequest(userName: string, settings: ScimSettings, signal: AbortSignal) {
  const filter = `userName eq ${JSON.stringify(userName)}`;
  if (settings.search === 'get')
    return { method: 'GET', path: `/Users?filter=${encodeURIComponent(filter)}`, signal } as const;
  const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter };
  return { method: 'POST', path: '/Users/.search', body, signal } as const;
}
