/** An e-mail address as the ledger compares persons: NFC, trimmed, lower-cased. */
export const normalAddress = (email: string): string => email.normalize('NFC').trim().toLowerCase();

/**
 * Whether a text holds an address as a whole, as it is, percent-encoded or with JSON's escapes: `joann@example.com` is not Ann's, and neither is
 * `ann@example.com.au`.
 *
 * @param isForm where a plus is a space, too
 */
export function mentionsAddress(text: string, email: string, isForm: boolean): boolean {
  const whole = wholeAddress(normalAddress(email));
  const texts = isForm ? [text, text.replaceAll('+', ' ')] : [text];
  return texts
    .flatMap((each) => [each, withoutEscapes(each), withoutPercents(each), withoutPercents(withoutEscapes(each))])
    .flatMap((each) => [each, withoutEscapes(each)])
    .some((each) => whole.test(each.normalize('NFC').toLowerCase()));
}

/** Signs such as `=`, `/` and `'`, which an address may hold, stand around one far more often; an apostrophe after a letter does not. */
const wholeAddress = (email: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}\\p{M}._%+-]|[\\p{L}\\p{N}]['’])${literal(email)}(?![\\p{L}\\p{N}\\p{M}_]|[.-][\\p{L}\\p{N}])`,
    'u',
  );

const literal = (text: string): string => text.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&');

const withoutPercents = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'));

/** What an escape such as `\n` stands for is no part of an address, and `\/` is its second sign. */
const withoutEscapes = (text: string): string =>
  text.replace(/\\(?:u([0-9a-f]{4})|(.))/gis, (_, code: string | undefined, sign: string | undefined) =>
    code === undefined ? (sign ?? '').replace(/[bfnrt]/, ' ') : String.fromCharCode(Number.parseInt(code, 16)),
  );
