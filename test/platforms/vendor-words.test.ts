import { describe, expect, test } from 'vitest';
import { vendorWords } from '../../lambdas/platforms/vendor-words.ts';

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

  test('hold nothing of a secret that another one is a part of', () => {
    expect(vendorWords('it is abc-123', ['abc', 'abc-123'])).toBe('it is [redacted]');
  });

  test('hold no secret that stands where they are cut', () => {
    expect(vendorWords(`${'x'.repeat(490)}SECRETSECRET`, ['SECRETSECRET'])).not.toContain('SECRET');
  });
});
