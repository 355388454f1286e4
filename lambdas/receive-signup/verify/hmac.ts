import { createHmac } from 'node:crypto';
import { anyEqual } from './constant-time.ts';
import { decodeCanonical, type Encoding } from './encodings.ts';
import { type KeyEncoding, readKey } from './keys.ts';
import { signatureReader } from './signature-pattern.ts';
import { messageBuilder } from './signed-message.ts';
import { placeholdersOf } from './template.ts';
import { refused, type Verifier } from './verifier.ts';

export type Hash = 'sha256' | 'sha512' | 'sha1';

/** A way of signing with HMAC, as data: the vendors' are constants beside this file, an unknown sender's comes from the config. */
export interface HmacForm {
  /** The header that holds the signature; its case does not matter. */
  readonly header: string;
  /** How the header's value looks. */
  readonly pattern: string;
  /** Where the value is a list of several signatures: what stands between them. */
  readonly separator?: string | undefined;
  readonly hash: Hash;
  readonly encoding: Encoding;
  readonly keyEncoding: KeyEncoding;
  /** What is signed. */
  readonly message: string;
  /** The header with the timestamp, where that is not in the pattern. */
  readonly timestampHeader?: string | undefined;
  /** How far the timestamp may be off, in seconds, both ways; only where one is signed. */
  readonly toleranceSeconds?: number | undefined;
}

const digestBytes: Readonly<Record<Hash, number>> = { sha1: 20, sha256: 32, sha512: 64 };
const unixSeconds = /^\d{10}$/;
/** Standard Webhooks' and Stripe's own, in seconds. */
export const defaultToleranceSeconds = 300;

/** The verifier of one form: raw bytes, canonical encodings, a two-sided window, at most five candidates, every pair compared. */
export function hmacVerifier(form: HmacForm): Verifier {
  const header = form.header.toLowerCase();
  const timestampHeader = form.timestampHeader?.toLowerCase();
  const tolerance = form.toleranceSeconds ?? defaultToleranceSeconds;
  const isTimed = placeholdersOf(form.message).includes('timestamp');
  const readHeader = signatureReader(form.pattern, form.separator);
  const build = messageBuilder(form.message);

  return {
    readKey: (text) => readKey(text, form.keyEncoding),
    inspect: ({ headers, body }, now) => {
      const value = headers.get(header);
      if (value === undefined || value === '') return refused('missing', `the header ${header} is missing`);
      const read = readHeader(value);
      if (read === undefined)
        return refused('malformed', `the header ${header} does not look like ${form.pattern}, or came twice`);
      const timestamp = timestampHeader === undefined ? read.timestamp : headers.get(timestampHeader);
      if (isTimed) {
        if (timestamp === undefined) return refused('missing', `the header ${timestampHeader} is missing`);
        if (!unixSeconds.test(timestamp))
          return refused('malformed', 'the timestamp is not ten digits of seconds since 1970');
        const off = Math.floor(now / 1000) - Number(timestamp);
        if (Math.abs(off) > tolerance) return refused('stale', `the timestamp is ${off} s away from our clock`);
      }
      const candidates = read.signatures
        .map((text) => decodeCanonical(text, form.encoding, digestBytes[form.hash]))
        .filter((digest) => digest !== undefined);
      if (candidates.length === 0)
        return refused('malformed', `the header ${header} holds no ${form.encoding} of a ${form.hash} digest`);
      const message = build({ headers, timestamp, body });
      if ('problem' in message) return refused('malformed', message.problem);
      return {
        kind: 'signed',
        matches: (keys) =>
          anyEqual(
            keys.map((key) => digestOf(form.hash, key, message)),
            candidates,
          ),
      };
    },
  };
}

function digestOf(hash: Hash, key: Uint8Array, message: readonly Uint8Array[]): Buffer {
  const hmac = createHmac(hash, key);
  for (const piece of message) hmac.update(piece);
  return hmac.digest();
}
