/** A request as a verification scheme sees it: the bytes that arrived, and nothing parsed. */
export interface SignedRequest {
  /** Names in lower case. A header that came more than once is one value, joined by commas, as API Gateway hands it over. */
  readonly headers: ReadonlyMap<string, string>;
  /** The content type without its parameters, in lower case. */
  readonly mediaType: string;
  readonly body: Uint8Array;
}

/**
 * Why a signature is refused.
 *
 * - `missing`: the request carries none.
 * - `malformed`: it does not look as this source's signatures do, or its header came twice.
 * - `stale`: its timestamp is outside the window, before or after.
 * - `mismatch`: it was not made over these bytes with any of the source's keys.
 */
export type Refusal = 'missing' | 'malformed' | 'stale' | 'mismatch';

/** What a request shows before any key is read. */
export type Inspection =
  | {
      readonly kind: 'refused';
      readonly refusal: Exclude<Refusal, 'mismatch'>;
      /** For the log, never for the answer: it names what this source expects. */
      readonly detail: string;
    }
  /** Well formed and in time; whether it is genuine takes the keys. */
  | { readonly kind: 'signed'; readonly matches: (keys: readonly Uint8Array[]) => boolean }
  /** A sender's unsigned test of the address: answered 200, without any effect. */
  | { readonly kind: 'ping' };

/** A key's bytes, or what is wrong with its text (which is never repeated). */
export type KeyReading = { readonly bytes: Uint8Array } | { readonly problem: string };

/** One way of proving who sent a request. In two steps, so that a hopeless request costs no secret. */
export interface Verifier {
  readonly readKey: (text: string) => KeyReading;
  /** @param now milliseconds since the epoch */
  readonly inspect: (request: SignedRequest, now: number) => Inspection;
}

export const refused = (refusal: Exclude<Refusal, 'mismatch'>, detail: string): Inspection => ({
  kind: 'refused',
  refusal,
  detail,
});
