import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html } from '../../lambdas/signup-status/html.ts';

test('texts are escaped, markup and lists of markup are not', () => {
  const item = html`<li>${'a & b'}</li>`;
  expect(html`<ul title="${`"'`}">${[item, item]}${item}${3}</ul>`.markup).toBe(
    '<ul title="&quot;&#39;"><li>a &amp; b</li><li>a &amp; b</li><li>a &amp; b</li>3</ul>',
  );
});

test('no text can open a tag, an entity or leave an attribute', () => {
  const hostile = fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'a', '/', '\u202e', ';', '#') });
  fc.assert(
    fc.property(hostile, (text) => {
      const { markup } = html`${text}`;
      expect(markup).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
    }),
  );
});
