import * as z from 'zod/mini';
import type { Signup } from '../../signups/signup.ts';
import { unreadable } from '../http-failure.ts';
import { callJson, type JsonApi, type JsonFailure, type JsonResult, jsonIn } from '../json-call.ts';
import type { CallFailure, Duplicates, VendorAccountDetails } from '../platform.ts';
import { isSameKey } from '../same-key.ts';
import type { DigitalChalkRestSettings } from './settings.ts';

/** "Fields with no value set are omitted" (DigitalChalk API v5, Retrieve All Users). */
export const userSchema = z.object({
  id: z.string().check(z.regex(/^[\w.~-]{1,200}$/)),
  email: z.nullish(z.string()),
  username: z.nullish(z.string()),
  tags: z.nullish(z.array(z.string())),
});

export type FoundUser = z.infer<typeof userSchema>;

const pageSchema = z.object({ results: z.array(userSchema), next: z.nullish(z.string()) });

/** DigitalChalk API v5, Paging: 15 without a limit, 100 at the most. */
const pageSize = 100;
/** 5,000 addresses that hold one address are no look-up any more. */
const mostPages = 50;

export interface Person {
  readonly signup: Signup;
  readonly settings: DigitalChalkRestSettings;
  readonly duplicates: Duplicates;
  readonly signal: AbortSignal;
}

export type Found =
  | { readonly kind: 'exists'; readonly user: FoundUser }
  | { readonly kind: 'absent' }
  | Extract<JsonResult, { kind: 'refused' }>
  | JsonFailure;

/**
 * Looks for the signup's user. The vendor's filter is a case-insensitive substring match (`ann@x.com` also finds `joann@x.com`), so it only
 * makes the list shorter: every page is read until somebody is exactly this person.
 */
export async function findUser(api: JsonApi, person: Person): Promise<Found> {
  let offset = 0;
  for (let page = 0; page < mostPages; page++) {
    const found = await readPage(api, person.signup.email, offset, person.signal);
    if (found.kind !== 'page') return found;
    const user = found.users.find((candidate) => isThisPerson(candidate, person));
    if (user !== undefined) return { kind: 'exists', user };
    if (!found.more || found.users.length === 0) return { kind: 'absent' };
    offset += found.users.length;
  }
  return unreadable(`more than ${mostPages * pageSize} users match one address`);
}

/** The account's id, asked for where nobody told it. */
export async function findUserId(
  api: JsonApi,
  person: Person,
  account: VendorAccountDetails,
): Promise<string | JsonFailure | Extract<CallFailure, { kind: 'rejected' }>> {
  if (account.userId !== undefined) return account.userId;
  const found = await findUser(api, person);
  switch (found.kind) {
    case 'exists':
      return found.user.id;
    case 'absent':
      return { kind: 'rejected', message: 'the vendor has no user with this address' };
    case 'refused':
      return { kind: 'rejected', message: found.message };
    case 'nobody-knows':
      // Nothing was asked for yet but a list.
      return { ...found, kind: 'not-done' };
    default:
      return found;
  }
}

interface Page {
  readonly kind: 'page';
  readonly users: readonly FoundUser[];
  readonly more: boolean;
}

type PageResult = Page | Exclude<Found, { kind: 'exists' | 'absent' }>;

/** One page of the users whose address holds the given one. `next` is only read, never followed: it could lead the token elsewhere. */
export async function readPage(api: JsonApi, email: string, offset: number, signal: AbortSignal): Promise<PageResult> {
  const query = new URLSearchParams({ email, limit: String(pageSize), offset: String(offset) });
  const result = await callJson(api, { method: 'GET', path: `/users?${query}`, signal });
  if (result.kind !== 'answer') return result;
  const page = z.safeParse(pageSchema, result.status === 200 && jsonIn(result.body));
  if (!page.success) return unreadable('it is no list of users');
  return { kind: 'page', users: page.data.results, more: (page.data.next ?? '') !== '' };
}

/** Where an address may stand twice and usernames tell people apart, the username has to agree too. */
export function isThisPerson({ email, username }: FoundUser, { signup, settings, duplicates }: Person): boolean {
  if (!isSameKey(email ?? '', signup.email)) return false;
  if (duplicates === 'refused' || settings.usernameMode !== 'signup') return true;
  return isSameKey(username ?? '', signup.username ?? '');
}
