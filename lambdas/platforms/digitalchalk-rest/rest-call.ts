import * as z from 'zod/mini';
import { statusFailure, unansweredFailure } from '../http-failure.ts';
import type { CallFailure } from '../platform.ts';
import { type JsonBody, replyJson } from '../reply-json.ts';
import { callVendor } from '../vendor-http.ts';
import { vendorWords } from '../vendor-words.ts';

/** The vendor's API with the customer's token. */
export interface RestApi {
  /** The base address, without a slash at its end. */
  readonly url: string;
  readonly token: string;
  /** What must not come back in a message: the token, and the passwords that are at hand. */
  readonly secrets: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface RestRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the base address. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

export type RestResult =
  /** A status of success; what the body must be is the caller's to judge. */
  | { readonly kind: 'answer'; readonly status: number; readonly location: string | null; readonly body: JsonBody }
  /** 400 and the like: the vendor does not take this very request. `message` has its words, without secrets. */
  | { readonly kind: 'refused'; readonly message: string }
  | RestFailure;

/** No call is refused for good before it is known what the refusal means, and there are no sessions. */
export type RestFailure = Exclude<CallFailure, { kind: 'rejected' | 'token-refused' }>;

/** Calls v5 once. Content-Type and Accept are JSON on every call (DigitalChalk API v5, Getting Started). */
export async function callRest(api: RestApi, request: RestRequest): Promise<RestResult> {
  const { method, path, body, signal } = request;
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    authorization: `Bearer ${api.token}`,
  };
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const reply = await callVendor({ method, url: `${api.url}${path}`, headers, body: sent, signal });
  if (reply.kind !== 'answered') return unansweredFailure(reply);
  const failure = statusFailure(reply, api.now());
  const json = replyJson(reply);
  if (failure === null)
    return { kind: 'answer', status: reply.status, location: reply.headers.get('location'), body: json };
  const message = vendorWords(wordsOf(json), api.secrets) || failure.message;
  switch (failure.kind) {
    case 'rejected':
      return { kind: 'refused', message };
    case 'credentials-refused':
      return { kind: 'credentials-refused', message };
    case 'not-done':
    case 'nobody-knows':
      return failure;
  }
}

/** @param problem what is wrong with the reply, in our words */
export const unreadable = (problem: string): Extract<CallFailure, { kind: 'nobody-knows' }> => ({
  kind: 'nobody-knows',
  message: `the vendor's reply can't be read: ${problem}`,
});

/** Validation errors (DigitalChalk API v5, Create a New User, Failure Cases), and OAuth's (RFC 6749, 5.2). */
const errorSchema = z.object({
  errors: z.catch(z.array(z.string()), []),
  fieldErrors: z.catch(z.record(z.string(), z.string()), {}),
  error: z.catch(z.string(), ''),
  error_description: z.catch(z.string(), ''),
});

function wordsOf(body: JsonBody): string {
  const read = z.safeParse(errorSchema, body.kind === 'json' ? body.value : undefined);
  if (!read.success) return '';
  const { errors, fieldErrors, error, error_description } = read.data;
  const fields = Object.entries(fieldErrors).map(([field, text]) => `${field}: ${text}`);
  return [...errors, ...fields, error_description || error].filter((words) => words.trim() !== '').join('; ');
}
