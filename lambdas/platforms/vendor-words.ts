const limit = 500;
/** Controls, and the marks that turn the direction of writing, so that no reply can disguise a log line. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffe\uffff]+/gu;

/**
 * A vendor's words, fit for an event and a log: one line of at most 500 characters, without the given secrets in whatever case and spelling.
 *
 * @param secrets what must not come back even if the vendor repeats it: keys, tokens, passwords
 */
export function vendorWords(text: string, secrets: readonly string[]): string {
  const forms = new Set(secrets.filter((secret) => secret !== '').flatMap((secret) => [secret, inJson(secret)]));
  // The longest first: a secret that is part of another must not leave the rest of it behind.
  const longestFirst = [...forms].sort((one, other) => other.length - one.length);
  const redacted = longestFirst.reduce(without, text.toWellFormed());
  const line = redacted.replaceAll(unprintable, ' ').replaceAll(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= limit ? line : `${characters.slice(0, limit - 1).join('')}…`;
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

const without = (text: string, form: string): string =>
  text.replaceAll(new RegExp([...form].map(spellings).join(''), 'giu'), '[redacted]');

const otherwise: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  ' ': '\\+',
};

/**
 * A pattern for a character as it is escaped in HTML, XML, a URL and a form, and as it is. Where one of these begins another, the next character tells
 * which it was: so no text, whoever wrote it, takes more time than its length is worth.
 */
function spellings(character: string): string {
  if (/[a-z\d]/i.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const other = otherwise[character];
  return `(?:${[
    Buffer.from(character).toString('hex').replaceAll(/../g, '%$&'),
    `&#0{0,4}${code};`,
    `&#x0{0,4}${code.toString(16)};`,
    ...(other === undefined ? [] : [other]),
    character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&'),
  ].join('|')})`;
}
