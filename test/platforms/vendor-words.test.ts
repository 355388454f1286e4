import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { vendorWords } from '../../lambdas/platforms/vendor-words.ts';
import { escapeText } from '../../lambdas/platforms/xml-text.ts';
import { cpuMilliseconds } from '../fixtures/cpu-time.ts';

/** A text as it is, and as it is written in a URL, a form, XML, HTML and JSON. */
const inEveryWay = (text: string): readonly string[] => [
  text,
  encodeURIComponent(text),
  new URLSearchParams([['', text]]).toString().slice(1),
  escapeText(text),
  text.replaceAll(/[^a-z\d]/giu, (character) => `&#${character.codePointAt(0)};`),
  JSON.stringify(text).slice(1, -1),
];

describe("a vendor's words", () => {
  test('stay as they are where they are short and plain', () => {
    expect(vendorWords('Invalid Account or Application Key', ['KEY1'])).toBe('Invalid Account or Application Key');
  });

  test('are cut to 500 characters, never within one', () => {
    const words = vendorWords('😀'.repeat(600), []);
    expect([...words]).toHaveLength(500);
    expect(words.isWellFormed()).toBe(true);
    expect(vendorWords('x'.repeat(500), [])).toBe('x'.repeat(500));
  });

  test('become one line that disguises nothing', () => {
    expect(vendorWords(' a\r\nb\u0000\u202ec\u2028d\ud800 ', [])).toBe('a b c d\ufffd');
  });

  test.each(['K.E+Y?(1', 'k.e+y?(1', encodeURIComponent('K.E+Y?(1')])('hold no secret: %s', (form) => {
    expect(vendorWords(`key ${form} is wrong, ${form}!`, ['', 'K.E+Y?(1'])).toBe(
      'key [redacted] is wrong, [redacted]!',
    );
  });

  const password = 'p&<w> "é\'/😀';
  test.each([
    ['HTML', 'p&amp;&lt;w&gt; &quot;&#233;&#39;/&#128512;'],
    ['XML', 'p&amp;&lt;w&gt; &quot;é&apos;/&#x1F600;'],
    ['JSON', JSON.stringify(password).slice(1, -1)],
    ['a URL', encodeURIComponent(password)],
    ['a form', new URLSearchParams([['', password]]).toString().slice(1)],
  ])('hold no secret as it is written in %s', (_, written) => {
    expect(vendorWords(`“${written}” is too weak`, [password])).toBe('“[redacted]” is too weak');
  });

  test('hold no secret, whatever it is and however it is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (secret) => {
        fc.pre(!secret.includes('«'));
        for (const written of inEveryWay(secret)) expect(vendorWords(`«${written}»`, [secret])).toBe('«[redacted]»');
      }),
    );
  });

  test.each(['\\', '&', '%', '"', "'", ' ', '+', '&amp;', '%25', '\\"'])(
    'are looked through for %j in a time that grows with their length alone',
    async (piece) => {
      const text = inEveryWay(piece.repeat(20_000)).join('');
      expect(await cpuMilliseconds(() => vendorWords(text, [`${piece.repeat(60)}x`]))).toBeLessThan(5000);
    },
  );

  test('hold nothing of a secret that another one is a part of', () => {
    expect(vendorWords('it is abc-123', ['abc', 'abc-123'])).toBe('it is [redacted]');
  });

  test('hold no secret that stands where they are cut', () => {
    expect(vendorWords(`${'x'.repeat(490)}SECRETSECRET`, ['SECRETSECRET'])).not.toContain('SECRET');
  });
});
