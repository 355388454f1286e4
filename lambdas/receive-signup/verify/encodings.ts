/** How a sender writes a digest. */
export type Encoding = 'hex' | 'hex-uppercase' | 'base64' | 'base64url';

/** The characters that a digest may hold in each. */
export const alphabets: Readonly<Record<Encoding, RegExp>> = {
  hex: /[\da-f]/,
  'hex-uppercase': /[\dA-F]/,
  base64: /[A-Za-z\d+/=]/,
  base64url: /[\w=-]/,
};

/**
 * Decodes the one canonical spelling of some bytes. `Buffer.from` skips what it does not know, so that many texts would pass for one signature.
 *
 * @param length of the decoded bytes; a text of any other length is refused before it is looked at
 * @returns `undefined` for every text that is not exactly what encoding its bytes gives
 */
export function decodeCanonical(text: string, encoding: Encoding, length: number): Buffer | undefined {
  switch (encoding) {
    case 'hex':
    case 'hex-uppercase': {
      if (text.length !== length * 2) return undefined;
      const bytes = Buffer.from(text, 'hex');
      const canonical = bytes.toString('hex');
      return (encoding === 'hex' ? canonical : canonical.toUpperCase()) === text ? bytes : undefined;
    }
    case 'base64': {
      if (text.length !== Math.ceil(length / 3) * 4) return undefined;
      const bytes = roundTrip(text, 'base64');
      return bytes?.byteLength === length ? bytes : undefined;
    }
    case 'base64url': {
      // Some languages pad it, some don't; both are one spelling of the same bytes.
      const padding = '='.repeat((3 - (length % 3)) % 3);
      const bare = padding !== '' && text.endsWith(padding) ? text.slice(0, -padding.length) : text;
      return bare.length === Math.ceil((length * 4) / 3) ? roundTrip(bare, 'base64url') : undefined;
    }
  }
}

/** Decodes base64 of any length, with its padding or without; canonical otherwise. */
export function decodeBase64(text: string): Buffer | undefined {
  const padding = '='.repeat((4 - (text.length % 4)) % 4);
  return roundTrip(text.endsWith('=') ? text : text + padding, 'base64');
}

function roundTrip(text: string, encoding: 'base64' | 'base64url'): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes : undefined;
}
