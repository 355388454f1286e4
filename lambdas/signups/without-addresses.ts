/** Blanks, and what can stand around an address but not in one (RFC 5322; quotes can). */
const separators = /([\s<>(),;:]+)/;
const address = /[^@]@[\p{L}\p{N}[]/u;

/**
 * Others' words without the e-mail addresses that they often quote: the reason matters to whoever asks, the person's address does not.
 */
export const withoutAddresses = (words: string): string =>
  words
    .split(separators)
    .map((word) => (address.test(word) ? '[e-mail address]' : word))
    .join('');
