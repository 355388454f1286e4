/** A word as a POSIX shell takes it literally. */
export const shellQuote = (word: string): string =>
  /^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
