import { piecesOf, placeholdersOf } from './template.ts';

/** A signature header's parts. */
export interface SignatureHeader {
  readonly timestamp: string | undefined;
  readonly signatures: readonly string[];
}

/** Senders that rotate their keys sign with two or three; more is somebody who wants us to compute. */
const signatureLimit = 5;
const partLimit = 10;

interface Part {
  /** Empty where the part is the same each time. */
  readonly placeholder: string;
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * Makes a reader of a signature header from how its value looks, such as `sha256={signature}` or `t={timestamp},v1={signature}`.
 * Where there are two placeholders, the character after the first separates the value's parts. Parts with names may come in any order, a
 * signature several times, and parts with unknown names are passed over (Stripe's `v0=`). Without names the parts have their places.
 *
 * @param separator for a value that is a list of signatures (Standard Webhooks: a space)
 * @returns a reader; it gives `undefined` for a value that does not look so, has more than five signatures, or two timestamps
 */
export function signatureReader(
  pattern: string,
  separator = separatorIn(pattern),
): (value: string) => SignatureHeader | undefined {
  const parts = (separator === undefined ? [pattern] : pattern.split(separator)).map(partOf);
  const prefixes = new Set(parts.map(({ prefix }) => prefix));
  const isNamed = prefixes.size === parts.length && !prefixes.has('');
  const wantsTimestamp = parts.some(({ placeholder }) => placeholder === 'timestamp');
  return (value) => {
    const texts = separator === undefined ? [value] : value.split(separator, partLimit + 1);
    if (texts.length > partLimit || (!isNamed && texts.length !== parts.length)) return undefined;
    const found = texts.flatMap((text, index) => {
      const part = isNamed ? parts.find((candidate) => fits(text, candidate)) : parts[index];
      return part !== undefined && fits(text, part) ? [{ placeholder: part.placeholder, text: inner(text, part) }] : [];
    });
    const signatures = found.filter(({ placeholder }) => placeholder === 'signature').map(({ text }) => text);
    const timestamps = found.filter(({ placeholder }) => placeholder === 'timestamp').map(({ text }) => text);
    if (signatures.length === 0 || signatures.length > signatureLimit) return undefined;
    return timestamps.length === (wantsTimestamp ? 1 : 0) ? { timestamp: timestamps[0], signatures } : undefined;
  };
}

/** The character that separates a pattern's parts, where it has two. */
export function separatorIn(pattern: string): string | undefined {
  const between = piecesOf(pattern).find(
    (piece, index, pieces) => 'literal' in piece && index > 0 && index < pieces.length - 1,
  );
  return between !== undefined && 'literal' in between ? between.literal[0] : undefined;
}

function partOf(text: string): Part {
  const [placeholder = ''] = placeholdersOf(text);
  const [prefix = '', suffix = ''] = text.split(`{${placeholder}}`);
  return { placeholder, prefix, suffix };
}

const fits = (text: string, { prefix, suffix }: Part) =>
  text.length >= prefix.length + suffix.length && text.startsWith(prefix) && text.endsWith(suffix);

const inner = (text: string, { prefix, suffix }: Part) => text.slice(prefix.length, text.length - suffix.length);
