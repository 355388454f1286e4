import { decodeHtml } from './decode-html.ts';
import { decodeBase64, decodeCanonical } from './encodings.ts';
import type { KeyReading } from './verifier.ts';

/**
 * How a key's text becomes bytes.
 *
 * - `text`: its UTF-8 bytes.
 * - `html-text`: the same after HTML's special characters were decoded (WooCommerce).
 * - `base64`, `hex`: decoded.
 * - `whsec`: base64 after the prefix `whsec_`, 24 to 64 bytes (Standard Webhooks).
 */
export type KeyEncoding = 'text' | 'html-text' | 'base64' | 'hex' | 'whsec';

const whsecPrefix = 'whsec_';

/** @returns the key's bytes, or what is wrong with it; an empty key is refused everywhere, because everybody can sign with it */
export function readKey(text: string, encoding: KeyEncoding): KeyReading {
  if (text.trim() === '') return { problem: 'is empty' };
  if (text.trim() !== text) return { problem: 'begins or ends with white space' };
  switch (encoding) {
    case 'text':
      return { bytes: Buffer.from(text) };
    case 'html-text':
      return { bytes: Buffer.from(decodeHtml(text)) };
    case 'base64':
      return decoded(decodeBase64(text), 'is no base64');
    case 'hex':
      return decoded(decodeCanonical(text.toLowerCase(), 'hex', text.length / 2), 'is no hex');
    case 'whsec': {
      const key = decoded(
        decodeBase64(text.startsWith(whsecPrefix) ? text.slice(whsecPrefix.length) : text),
        'is no base64',
      );
      if ('problem' in key) return key;
      const length = key.bytes.byteLength;
      return length >= 24 && length <= 64
        ? key
        : { problem: `has ${length} bytes, and Standard Webhooks wants 24 to 64` };
    }
  }
}

const decoded = (bytes: Buffer | undefined, problem: string): KeyReading =>
  bytes === undefined || bytes.byteLength === 0 ? { problem } : { bytes };
