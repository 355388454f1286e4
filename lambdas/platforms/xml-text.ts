/** What XML 1.0 can't carry, not even as a reference: most controls, the two noncharacters, halves of surrogate pairs (Char, production 2). */
const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Writes text so that it stands in an element or an attribute and comes back character for character. What XML can't carry becomes
 * U+FFFD; a signup that holds such characters has been rejected long before.
 */
export const escapeText = (text: string): string =>
  text.replaceAll(illegal, '\ufffd').replaceAll(/[&<>"'\t\n\r]/g, (character) => escapes[character] ?? character);

/** @throws Error where a reference is unknown (only a DTD could know it), or names a character that XML can't carry */
export const unescapeText = (raw: string): string =>
  raw.replaceAll(/&([^;]{0,12};)?/g, (_, reference: string | undefined) => {
    const name = reference?.slice(0, -1) ?? '';
    const character = named[name] ?? characterOf(name);
    if (character === undefined || hasIllegalCharacter(character)) throw new Error('an unknown entity or character');
    return character;
  });

/** Whether the text holds something that XML 1.0 can't carry. */
export const hasIllegalCharacter = (text: string): boolean => text.search(illegal) !== -1;

function characterOf(reference: string): string | undefined {
  const [, hexadecimal, decimal] = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(reference) ?? [];
  const code = hexadecimal ? Number.parseInt(hexadecimal, 16) : Number.parseInt(decimal ?? '', 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
