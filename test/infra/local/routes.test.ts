import { expect, test } from 'vitest';
import { matchRoute } from '../../../infra/local/http-api/routes.ts';

const routes = [
  '$default',
  'ANY /files/{proxy+}',
  'GET /files/{name}',
  'ANY /files/{name}',
  'GET /files/list',
  'POST /webhooks/{source}',
].map((routeKey) => ({ routeKey }));

test.each([
  ['GET', '/files/list', 'GET /files/list', {}],
  ['GET', '/files/a', 'GET /files/{name}', { name: 'a' }],
  ['PUT', '/files/a', 'ANY /files/{name}', { name: 'a' }],
  ['GET', '/files/a/b', 'ANY /files/{proxy+}', { proxy: 'a/b' }],
  ['POST', '/webhooks/shop', 'POST /webhooks/{source}', { source: 'shop' }],
  ['POST', '/webhooks/', '$default', {}],
  ['POST', '/webhooks/shop/', '$default', {}],
  ['GET', '/webhooks/shop', '$default', {}],
  ['GET', '/', '$default', {}],
])('%s %s takes the route %s', (method, path, routeKey, pathParameters) => {
  expect(matchRoute(routes, method, path)).toEqual({ route: { routeKey }, pathParameters });
});

test('without a default there is no route for the rest', () => {
  expect(matchRoute(routes.slice(1), 'GET', '/elsewhere')).toBeUndefined();
});
