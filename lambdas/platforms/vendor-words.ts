const limit = 500;
/** Controls, and the marks that turn the direction of writing, so that no reply can disguise a log line. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffe\uffff]+/gu;

/**
 * A vendor's words, fit for an event and a log: one line of at most 500 characters, without the given secrets in whatever case.
 *
 * @param secrets what must not come back even if the vendor repeats it: keys, tokens, passwords
 */
export function vendorWords(text: string, secrets: readonly string[]): string {
  const forms = secrets.filter((secret) => secret !== '').flatMap((secret) => [secret, encodeURIComponent(secret)]);
  // The longest first: a secret that is part of another must not leave the rest of it behind.
  forms.sort((one, other) => other.length - one.length);
  const redacted = forms.reduce((words, form) => without(words, form), text.toWellFormed());
  const line = redacted.replaceAll(unprintable, ' ').replaceAll(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= limit ? line : `${characters.slice(0, limit - 1).join('')}…`;
}

const without = (text: string, secret: string): string =>
  text.replaceAll(new RegExp(secret.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gi'), '[redacted]');
