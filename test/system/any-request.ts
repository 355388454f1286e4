import fc from 'fast-check';

/** A slash belongs to the path, however it is written. */
const segment = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .map((text) => encodeURIComponent(text.replaceAll('/', '')));

const path = fc.oneof(
  fc.constantFrom('/webhooks/shop', '/webhooks/unknown', '/signups/shop.a', '/'),
  fc.tuple(fc.constantFrom('/webhooks/', '/signups/', '/'), segment).map((parts) => parts.join('')),
);
const query = fc.oneof(
  fc.constant(''),
  fc.webQueryParameters().map((pairs) => `?${pairs}`),
);
const headers = fc.dictionary(
  fc.constantFrom(
    ...['accept', 'content-type', 'x-wc-webhook-signature', 'x-api-key', 'cookie', 'if-none-match', 'range'],
  ),
  fc.oneof(
    fc.constantFrom('text/html', 'application/json', '*/*', 'text/html;q=2,', 'application/x-www-form-urlencoded'),
    fc.stringMatching(/^[!-~]{1,30}$/),
  ),
);
const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS');

/** A request of anybody for anything; a GET has no body. */
export const anyRequest = fc
  .record({ method, path, query, headers, body: fc.string() })
  .map(({ method: verb, path: at, query: asked, headers: sent, body }) => {
    const { pathname, search } = new URL(`${at}${asked}`, 'http://any.example');
    return { method: verb, target: pathname + search, headers: sent, ...(verb === 'GET' ? {} : { body }) };
  });
