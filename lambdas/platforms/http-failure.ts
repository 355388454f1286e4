import type { CallFailure } from './platform.ts';
import type { AnsweredReply, VendorReply } from './vendor-http.ts';

/**
 * What a status says by itself. `forbidden`, a 403, is about the credentials or about the person in the call; which of them, `askWithoutPerson`
 * finds out before it counts.
 */
export type StatusFailure =
  | Exclude<CallFailure, { kind: 'token-refused' }>
  | { readonly kind: 'forbidden'; readonly message: string };

/** A call that got no answer, as the port sorts it. */
export const unansweredFailure = (
  reply: Exclude<VendorReply, AnsweredReply>,
): Extract<CallFailure, { kind: 'not-done' | 'nobody-knows' }> => ({
  kind: reply.kind === 'lost' ? 'nobody-knows' : 'not-done',
  message: reply.message,
});

/** A reply of which nobody can tell whether it is a success. @param problem what is wrong with it, in our words */
export const unreadable = (problem: string): Extract<CallFailure, { kind: 'nobody-knows' }> => ({
  kind: 'nobody-knows',
  message: `the vendor's reply can't be read: ${problem}`,
});

/** 429 and 503 promise that nothing was done, whatever the body says; `null` for every other status. */
export function busyFailure(reply: AnsweredReply, now: number): Extract<CallFailure, { kind: 'not-done' }> | null {
  if (reply.status !== 429 && reply.status !== 503) return null;
  const retryAfterMs = retryAfter(reply.headers.get('retry-after'), now);
  return { kind: 'not-done', message: `HTTP ${reply.status}: the vendor is busy`, retryAfterMs };
}

/**
 * What a status says by itself, where the vendor's body says nothing: adapters look into the body first.
 *
 * - 429 and 503 promise that nothing was done.
 * - 301, 307 and 308 ask for the same request elsewhere, so it was not done here; other redirects can come after it was done (an
 *   error page after an exception, a page to see after success).
 * - 5xx: nobody knows. 406 neither: there are frameworks that find out only after the work that they can't answer in what was asked for.
 * - 400, 409, 413, 414, 422: this request, for good.
 * - 401: the credentials. 403: `forbidden`, unless it says by itself that it is about the token (RFC 6750, 3.1).
 * - Other 4xx (404, 405, 408, 415 …) say that nothing was there to take any such request: not done, and worth another try once the
 *   destination's url and settings are right.
 *
 * @param now milliseconds since the epoch, for a Retry-After that is a date
 * @returns `null` for 2xx
 */
export function statusFailure(reply: AnsweredReply, now: number): StatusFailure | null {
  const { status } = reply;
  if (status >= 200 && status < 300) return null;
  const busy = busyFailure(reply, now);
  if (busy !== null) return busy;
  if (status === 301 || status === 307 || status === 308)
    return {
      kind: 'not-done',
      message: `HTTP ${status}: the vendor points to ${originOf(reply)}; correct the destination's url`,
    };
  if (status === 401)
    return { kind: 'credentials-refused', message: 'HTTP 401: the vendor does not accept the credentials' };
  if (status === 403 && insufficientScope.test(reply.headers.get('www-authenticate') ?? ''))
    return { kind: 'credentials-refused', message: 'HTTP 403: the token lacks the scope that this call needs' };
  if (status === 403)
    return {
      kind: 'forbidden',
      message: 'HTTP 403: the vendor, or a firewall before it, does not let this call through',
    };
  if ([400, 409, 413, 414, 422].includes(status))
    return { kind: 'rejected', message: `HTTP ${status}: the vendor refuses the request` };
  if (status === 406)
    return {
      kind: 'nobody-knows',
      message:
        'HTTP 406: the vendor cannot answer in the media type that is asked for, and may have done what was asked',
    };
  if (status >= 400 && status < 500)
    return {
      kind: 'not-done',
      message: `HTTP ${status}: nothing takes the call there; check the destination's url and settings`,
    };
  return { kind: 'nobody-knows', message: `HTTP ${status} without a promise of what was done` };
}

const insufficientScope = /\berror\s*=\s*"?insufficient_scope\b/i;

/**
 * Reads a Retry-After header (RFC 9110, 10.2.3): seconds, or an HTTP date.
 *
 * @returns milliseconds from now, never negative; `undefined` where there is none or it can't be read
 */
export function retryAfter(header: string | null, now: number): number | undefined {
  const value = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  if (!/^[A-Z][a-z]+,? .* GMT$/.test(value)) return undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Only the origin: paths and queries can hold keys. */
function originOf(reply: AnsweredReply): string {
  const location = URL.parse(reply.headers.get('location') ?? '');
  return location === null ? 'another path' : location.origin;
}
