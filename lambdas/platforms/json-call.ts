import { statusFailure, unansweredFailure } from './http-failure.ts';
import type { CallFailure, VendorCall } from './platform.ts';
import { type JsonBody, replyJson } from './reply-json.ts';
import { callVendor } from './vendor-http.ts';
import { vendorWords } from './vendor-words.ts';
import { askWithoutPerson, type Probed } from './without-person.ts';

/** A vendor's API that speaks JSON and takes a bearer token with each request (RFC 6750, 2.1). */
export interface JsonApi {
  /** The base address, without a slash at its end. */
  readonly url: string;
  readonly token: string;
  /** What must not come back in a message: the token, and the passwords that are at hand. */
  readonly secrets: readonly string[];
  /** Sent as Content-Type and Accept. */
  readonly mediaType: string;
  /** Finds the vendor's words in the body of a refusal; the empty string where there are none. */
  readonly wordsOf: (body: unknown) => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Taken before each request. */
  readonly turn?: VendorCall['turn'];
  /** Tries the credentials without a person, after a 403; absent in that call itself. */
  readonly probe?: (signal: AbortSignal) => Promise<Probed>;
}

/** An API for a call that carries a person, with the passwords that are at hand in it. */
export type PersonApi = (call: Pick<VendorCall, 'turn'>, ...passwords: readonly (string | undefined)[]) => JsonApi;

/**
 * @param common `url` with or without a slash at its end
 * @param probe a harmless call that is about nobody and shows whether the token is accepted
 */
export function jsonApi(
  common: Omit<JsonApi, 'secrets' | 'probe' | 'turn'>,
  probe: (api: JsonApi, signal: AbortSignal) => Promise<Probed>,
): { readonly api: PersonApi; readonly probe: (signal: AbortSignal) => Promise<Probed> } {
  const bare = { ...common, url: common.url.replace(/\/+$/, ''), secrets: [common.token] };
  const api: PersonApi = ({ turn }, ...passwords) => ({
    ...bare,
    secrets: [common.token, ...passwords.filter((password) => password !== undefined)],
    turn,
    probe: (signal) => probe({ ...bare, turn }, signal),
  });
  return { api, probe: (signal) => probe(bare, signal) };
}

export interface JsonRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the base address. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

export type JsonResult =
  /** A status of success; what the body must be is the caller's to judge. */
  | { readonly kind: 'answer'; readonly status: number; readonly location: string | null; readonly body: JsonBody }
  /** 400, 409 and the like: the vendor does not take this very request. `message` has its words, without secrets. */
  | { readonly kind: 'refused'; readonly message: string; readonly body: JsonBody }
  | JsonFailure;

/** `rejected` is a 403 about the person; of other refusals it is yet to be known what they mean. There are no sessions. */
export type JsonFailure = Exclude<CallFailure, { kind: 'token-refused' }>;

/** Calls the vendor once, and sorts what came by its status; after a 403 it asks whom that is about. */
export async function callJson(api: JsonApi, { method, path, body, signal }: JsonRequest): Promise<JsonResult> {
  const { probe, turn } = api;
  const headers = { accept: api.mediaType, 'content-type': api.mediaType, authorization: `Bearer ${api.token}` };
  const sent = body === undefined ? undefined : JSON.stringify(body);
  await turn?.(signal);
  const reply = await callVendor({ method, url: `${api.url}${path}`, headers, body: sent, signal });
  if (reply.kind !== 'answered') return unansweredFailure(reply);
  const failure = statusFailure(reply, api.now());
  const json = replyJson(reply);
  if (failure === null)
    return { kind: 'answer', status: reply.status, location: reply.headers.get('location'), body: json };
  const words = json.kind === 'json' ? vendorWords(api.wordsOf(json.value), api.secrets) : '';
  const message = words || failure.message;
  switch (failure.kind) {
    case 'rejected':
      return { kind: 'refused', message, body: json };
    case 'forbidden':
      if (probe !== undefined) return askWithoutPerson(message, () => probe(signal));
      return { kind: 'credentials-refused', message };
    case 'credentials-refused':
      return { kind: 'credentials-refused', message };
    case 'not-done':
    case 'nobody-knows':
      return failure;
  }
}

/** The document in a body; `undefined` where there is none. */
export const jsonIn = (body: JsonBody): unknown => (body.kind === 'json' ? body.value : undefined);
