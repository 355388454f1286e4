import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prefersPage } from '../../lambdas/signup-status/prefers-page.ts';

test.each([
  ['Firefox', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
  ['Chrome', 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8'],
  ['html only', 'text/html'],
  ['any text', 'text/*'],
  ['spelled large, with blanks', ' TEXT/HTML ; Q=0.9 , application/json;q=0.8'],
  ['JSON excluded', 'application/json;q=0, */*'],
  ['with another parameter first', 'text/html;level=1;q=0.4, application/json;q=0.3'],
])('a page: %s', (_, accept) => {
  expect(prefersPage(accept)).toBe(true);
});

test.each([
  ['no header', undefined],
  ['an empty one', ''],
  ['curl', '*/*'],
  ['JSON only', 'application/json'],
  ['axios', 'application/json, text/plain, */*'],
  ['both alike', 'text/html, application/json'],
  ['html excluded', 'text/html;q=0, */*;q=0.1'],
  ['html at less', 'text/html;q=0.5, application/*'],
  ['something else', 'image/png'],
  ['a quality that is none', 'text/html;q=2, application/json;q=0.1'],
])('JSON: %s', (_, accept) => {
  expect(prefersPage(accept)).toBe(false);
});

test('any header at all has an answer', () => {
  fc.assert(fc.property(fc.string(), (accept) => void expect(typeof prefersPage(accept)).toBe('boolean')));
});
