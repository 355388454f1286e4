/** Blanks, and what stands around an address in a sentence. */
const separators = /([\s<>()[\]"'`,;:]+)/;

/**
 * A vendor's words without the e-mail addresses that they often quote: the reason matters to whoever asks, the person's address does not.
 */
export const withoutAddresses = (words: string): string =>
  words
    .split(separators)
    .map((word) => (/[^@]@[^@]/.test(word) ? '[e-mail address]' : word))
    .join('');
