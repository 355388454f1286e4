import { busyFailure, type StatusFailure, statusFailure, unansweredFailure, unreadable } from '../http-failure.ts';
import { callVendor } from '../vendor-http.ts';
import { replyText } from '../vendor-text.ts';
import { vendorWords } from '../vendor-words.ts';
import { type Keys, sign } from './signature.ts';
import { readReply } from './soap-reply.ts';
import { type OperationFields, writeRequest } from './soap-request.ts';
import type { Operation } from './wsdl.ts';

/** The vendor's endpoint with the customer's keys. */
export interface SoapEndpoint {
  readonly url: string;
  readonly keys: Keys;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export type SoapResult =
  | { readonly kind: 'answer'; readonly fields: ReadonlyMap<string, string> }
  /** The vendor says no; its text does not tell why in a way that code could rely on. `message` is without secrets. */
  | { readonly kind: 'fault'; readonly message: string }
  | StatusFailure;

/**
 * Calls one operation once, freshly signed.
 *
 * A fault is a fault at any HTTP status but 429 and 503, which promise that nothing was done. An answer counts only with a status of
 * success. What is neither is judged by its status, and with a status of success is `nobody-knows`.
 *
 * @param password what must not come back in a message, beside the keys and the signature
 */
export async function callOperation<O extends Operation>(
  endpoint: SoapEndpoint,
  operation: O,
  fields: OperationFields[O],
  signal: AbortSignal,
  password = '',
): Promise<SoapResult> {
  const { keys, now, url } = endpoint;
  const auth = sign(keys, operation, now());
  const request = writeRequest(operation, auth, fields);
  const reply = await callVendor({ method: 'POST', url, ...request, signal });
  if (reply.kind !== 'answered') return unansweredFailure(reply);

  const busy = busyFailure(reply, now());
  if (busy !== null) return busy;
  const text = replyText(reply.headers.get('content-type'), reply.body);
  const said = text === null ? notInItsCharset : readReply(operation, text);
  if (said.kind === 'fault') {
    const words = vendorWords(said.text, [password, keys.secretKey, keys.accessKey, auth.signature]);
    return { kind: 'fault', message: words || 'the vendor refuses and gives no reason' };
  }
  const failure = statusFailure(reply, now());
  if (failure !== null) return failure;
  return said.kind === 'answer' ? said : unreadable(said.problem);
}

const notInItsCharset = { kind: 'unreadable', problem: 'its bytes are not in its charset' } as const;
