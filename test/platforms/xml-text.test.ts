import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText, unescapeText } from '../../lambdas/platforms/xml-text.ts';

describe('text in XML', () => {
  it('comes back as it was, whatever XML can carry', () => {
    const carried = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !/\p{Cc}/u.test(text));
    fc.assert(fc.property(carried, (text) => void expect(unescapeText(escapeText(text))).toBe(text)));
  });

  it('keeps tabs and line ends, which parsers would otherwise change', () => {
    expect(escapeText('a\tb\r\nc')).toBe('a&#x9;b&#xD;&#xA;c');
  });

  it('can neither begin an element nor end a quoted value nor begin a reference', () => {
    // Any character at all is hardly ever one of those that matter.
    const character = fc.oneof(
      fc.constantFrom(...'<>"\'&;#xa'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    const text = fc.string({ unit: character });
    fc.assert(fc.property(text, (each) => void expect(escapeText(each)).not.toMatch(/[<>"']|&(?!\w+;|#x\w+;)/)));
  });

  it.each([
    ['a control', 'a\u0001b'],
    ['half a surrogate pair', 'a\ud83db'],
    ['a noncharacter', 'a\uffffb'],
  ])('shows %s, which XML cannot carry, as the replacement character', (_, text) => {
    expect(escapeText(text)).toBe('a\ufffdb');
  });

  it.each(['&nope;', '&', '&;', '&#;', '&#x;', '&#0;', '&#xD800;', '&#x110000;', '&#99999999;', '& amp;', '&amp'])(
    'refuses the reference %s',
    (raw) => {
      expect(() => unescapeText(raw)).toThrow('an unknown entity or character');
    },
  );

  it('reads references by number, once', () => {
    expect(unescapeText('&#65;&#x1F600;&amp;#65;')).toBe('A😀&#65;');
  });
});
