import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { RunningAssembly } from '../../../infra/local/run-assembly.ts';
import { startSample } from './sample-assembly.ts';

let stack: RunningAssembly;
beforeAll(async () => {
  stack = await startSample();
});
afterAll(() => stack.stop());

const post = (body: string | Blob, headers: Record<string, string> = {}, path = '/webhooks/shop') =>
  fetch(`${stack.url}${path}`, { method: 'POST', body, headers });
const eventSchema = z.object({ event: z.record(z.string(), z.unknown()) });
const eventOf = async (response: Response) => eventSchema.parse(await response.json()).event;

describe('an HTTP API on this machine', () => {
  test('hands a JSON body over as text, with lower-cased names and the path parameter', async () => {
    const event = await eventOf(
      await post('{"a":"ü"}', { 'Content-Type': 'application/json; charset=utf-8', 'X-Sig': 'S' }),
    );
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /webhooks/{source}',
      rawPath: '/webhooks/shop',
      rawQueryString: '',
      pathParameters: { source: 'shop' },
      body: '{"a":"ü"}',
      isBase64Encoded: false,
      headers: { 'x-sig': 'S', 'x-forwarded-proto': 'http' },
      requestContext: { http: { method: 'POST', path: '/webhooks/shop' }, stage: '$default' },
    });
  });

  test.each([
    ['application/x-www-form-urlencoded', true],
    ['application/cloudevents+json', true],
    ['application/octet-stream', true],
    ['application/json', false],
    ['application/xml', false],
    ['application/javascript', false],
    ['text/csv', false],
  ])('hands a body of type %s over as base64: %s', async (type, isBase64Encoded) => {
    const event = await eventOf(await post('a=1', { 'content-type': type }));
    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(event.body).toBe(isBase64Encoded ? 'YT0x' : 'a=1');
  });

  test('hands a body without a type over as base64, byte for byte', async () => {
    const bytes = Buffer.from([0, 255, 10]);
    const event = await eventOf(await post(new Blob([bytes])));
    expect(event.headers).not.toHaveProperty('content-type');
    expect(event).toMatchObject({ body: bytes.toString('base64'), isBase64Encoded: true });
  });

  test('joins a doubled header with a comma and keeps cookies apart', async () => {
    const event = await new Promise<Record<string, unknown>>((resolve, reject) => {
      const headers = ['Host', 'h', 'X-Sig', 'one', 'x-sig', 'two', 'Cookie', 'a=1; b=2'];
      const sent = request(`${stack.url}/signups/1`, { headers }, (response) => {
        response.setEncoding('utf8').on('data', (text) => resolve(eventSchema.parse(JSON.parse(text)).event));
      });
      sent.on('error', reject).end();
    });
    expect(event.headers).toMatchObject({ 'x-sig': 'one,two' });
    expect(event.headers).not.toHaveProperty('cookie');
    expect(event.cookies).toEqual(['a=1', 'b=2']);
  });

  test('decodes the path and leaves the query string as it came', async () => {
    const event = await eventOf(await fetch(`${stack.url}/signups/a%20b?key=x%2By&key=z`));
    expect(event).toMatchObject({
      rawPath: '/signups/a b',
      pathParameters: { id: 'a b' },
      rawQueryString: 'key=x%2By&key=z',
      queryStringParameters: { key: 'x+y,z' },
    });
  });

  test.each(['/', '/webhooks', '/webhooks/shop/', '/webhooks/a/b'])(
    'answers 404 where there is no route: %s',
    async (path) => {
      const response = await post('{}', {}, path);
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ message: 'Not Found' });
    },
  );

  test('answers 404 to a method that the route does not have', async () => {
    expect((await fetch(`${stack.url}/webhooks/shop`)).status).toBe(404);
  });

  test('takes 10 MB and refuses a byte more', async () => {
    const most = Buffer.alloc(10 * 1024 * 1024, 'a');
    const type = { 'content-type': 'text/plain' };
    expect((await post(new Blob([most]), type)).status).toBe(200);
    const refused = await post(new Blob([most, 'a']), type);
    expect(refused.status).toBe(413);
    expect(await refused.json()).toEqual({ message: 'Request Entity Too Large' });
  });

  test('answers 400 to a path whose encoding is broken', async () => {
    expect((await fetch(`${stack.url}/signups/%E0%A4%A`)).status).toBe(400);
  });

  test.each(['throw', 'exit', 'odd'])('answers 500 when the function ends by: %s', async (what) => {
    const response = await fetch(`${stack.url}/signups/1?do=${what}`);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ message: 'Internal Server Error' });
  });

  test('answers 500 when the function cannot start, and says why in its log', async () => {
    expect((await fetch(`${stack.url}/broken`)).status).toBe(500);
    expect(stack.functions.get('sample-broken')?.logs()).toContain('no start');
  });

  test('answers 503 when the function is slower than the integration may take', async () => {
    expect((await fetch(`${stack.url}/impatient`)).status).toBe(200);
    const response = await fetch(`${stack.url}/impatient?do=hang`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ message: 'Service Unavailable' });
  });

  test('answers as the function says: cookies, bytes, any JSON without a status', async () => {
    const cookies = await fetch(`${stack.url}/signups/1?do=cookies`);
    expect(cookies.status).toBe(204);
    expect(cookies.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(cookies.headers.get('x-up')).toBe('1');
    const bytes = await fetch(`${stack.url}/signups/1?do=bytes`);
    expect(new Uint8Array(await bytes.arrayBuffer())).toEqual(new Uint8Array([255]));
    const bare = await fetch(`${stack.url}/signups/1?do=bare`);
    expect(bare.headers.get('content-type')).toBe('application/json');
    expect(await bare.json()).toEqual({ plain: true });
  });
});
