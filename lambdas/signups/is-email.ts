/**
 * Whether a text is one e-mail address, as far as that can be told by looking: one `@` with something on both sides, and none of what comes along
 * when an address is copied or several are given: blanks, invisible characters, `<`, `>`, `,` and `;`.
 */
export const isEmail = (text: string): boolean => /^[^\s@<>,;\p{Cf}]+@[^\s@<>,;\p{Cf}]+$/u.test(text);
