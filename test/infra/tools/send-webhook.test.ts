import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { presets } from '../../../infra/presets/registry.ts';
import { makeSourceKey } from '../../../infra/tools/make-source-key.ts';
import type { PayloadToSend } from '../../../infra/tools/read-deliveries.ts';
import { sendWebhook } from '../../../infra/tools/send-webhook.ts';
import type { SignedWebhook } from '../../../infra/tools/sign-webhook.ts';
import { createWorld, now, type World } from '../../receive-signup/world.ts';

const keys = Object.fromEntries(Object.entries(presets).map(([id, { verify }]) => [id, makeSourceKey(verify)]));
const sources = Object.fromEntries(
  Object.entries(presets).map(([id, { verify, dedupeKey }]) => [id, { verify, dedupeKey, to: ['classroom'] }]),
);
const secrets = () =>
  Object.fromEntries(
    Object.entries(keys).map(([id, key]) => [`matriculate/test/sources/${id}`, [{ value: { keys: [key] } }]]),
  );

let world: World;
/** What signup-status says of any signup. */
let state: object;
/** What becomes of a question for a status: it is answered, cut off, or left without an answer. */
let status: 'answers' | 'cut' | 'silent';
/** How far the API's clock is ahead. */
let ahead = 0;
let url = '';

/** receive-signup itself behind HTTP, and a status that each test writes. */
const server = createServer(async (request, response) => {
  response.setHeader('date', new Date(now + ahead).toUTCString());
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  if (request.method === 'GET' && status === 'cut') return response.destroy();
  if (request.method === 'GET' && status === 'silent') return undefined;
  if (request.method === 'GET') return response.end(JSON.stringify({ destinations: { classroom: state } }));
  const headers = Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values]) => [
      name === 'content-type' ? 'Content-Type' : name,
      values ?? [],
    ]),
  );
  const source = request.url?.split('/').at(-1) ?? '';
  const answer = await world.post({ source, headers, body: Buffer.concat(chunks) });
  return response.writeHead(answer.statusCode ?? 500).end(answer.body);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  world = createWorld(sources, secrets());
  state = { state: 'accepted' };
  status = 'answers';
  ahead = 0;
});

const json = (payload: unknown): PayloadToSend => ({
  body: Buffer.from(JSON.stringify(payload)),
  contentType: 'application/json',
});
const send = (
  source: string,
  payload: PayloadToSend,
  key = keys[source] ?? '',
  onSigned?: (signed: SignedWebhook) => void,
) => {
  const verify = sources[source]?.verify;
  if (verify === undefined) throw new Error(`no source ${source}`);
  return sendWebhook({ url, source, verify, key, now: () => now }, payload, onSigned);
};

test.each(Object.keys(presets))('what is signed as %s signs is taken, its bytes untouched', async (name) => {
  const payload = json(presets[name]?.sample);
  expect(await send(name, payload)).toMatchObject({ kind: 'new', signupId: expect.stringMatching(`^${name}\\.`) });
  expect(world.sent.map(({ message }) => message.body)).toEqual([Buffer.from(payload.body).toString('base64')]);
});

test('the same payload is the same signup, also where the scheme signs an id of its own', async () => {
  const payload = json({ data: {} });
  const [first, second] = [await send('standard-webhooks', payload), await send('standard-webhooks', payload)];
  const other = await send('standard-webhooks', json({ data: { a: 1 } }));
  expect(second).toEqual(first);
  expect(other).not.toMatchObject({ signupId: first.kind === 'refused' ? '' : first.signupId });
});

test.each([
  [{ state: 'accepted' }, 'new'],
  [{ state: 'created', finishedAt: new Date(now + 5).toISOString() }, 'new'],
  [{ state: 'created', finishedAt: new Date(now - 1).toISOString() }, 'known'],
  [{ state: 'waiting', since: new Date(now - 1).toISOString() }, 'known'],
  [{ state: 'working', since: new Date(now).toISOString() }, 'new'],
  [{ state: 'ignored', since: new Date(now).toISOString() }, 'new'],
  [{ state: 'ignored', since: new Date(now - 1).toISOString() }, 'known'],
])('a signup whose state is %j is %s', async (told, kind) => {
  state = told;
  expect(await send('shopify-order', json({ id: 1 }))).toMatchObject({ kind });
});

test.each(['cut', 'silent'] as const)('a signup whose status is %s is taken all the same', async (what) => {
  status = what;
  const { verify } = sources['shopify-order'] ?? {};
  if (verify === undefined) throw new Error('no preset');
  const target = { url, source: 'shopify-order', verify, key: keys['shopify-order'] ?? '', now: () => now };
  const result = await sendWebhook(target, json({ id: 1 }), undefined, what === 'silent' ? 2000 : 20_000);
  expect(result).toMatchObject({ kind: 'taken', signupId: expect.stringMatching(/^shopify-order\./) });
  server.closeAllConnections();
});

test('a clock that goes wrong does not make everything known', async () => {
  ahead = -3_600_000;
  state = { state: 'working', since: new Date(now + ahead).toISOString() };
  expect(await send('shopify-order', json({ id: 1 }))).toMatchObject({ kind: 'new' });
  state = { state: 'working', since: new Date(now + ahead - 60_000).toISOString() };
  expect(await send('shopify-order', json({ id: 1 }))).toMatchObject({ kind: 'known' });
});

test('a refusal tells the API’s own words', async () => {
  expect(await send('shopify-order', json({ id: 1 }), 'x'.repeat(64))).toEqual({
    kind: 'refused',
    status: 401,
    detail: expect.stringContaining('Check that the sender has the key of this webhook'),
  });
  expect(
    await send('shopify-order', { body: Buffer.alloc(70_000, '1'), contentType: 'application/json' }),
  ).toMatchObject({
    kind: 'refused',
    status: 413,
  });
});

test('the error that a shop signs and sends in place of an order is taken, with a note that it can not be told apart', async () => {
  expect(await send('woocommerce-order', json({ code: 'woocommerce_rest_cannot_view' }))).toMatchObject({
    kind: 'new',
  });
  expect(world.sent[0]?.message.undedupable).toContain('/id');
});

test('what was signed is shown before anything is sent', async () => {
  const shown: SignedWebhook[] = [];
  await send('stripe-checkout', json({ data: { object: { id: 'cs_1' } } }), undefined, (signed) => {
    expect(world.sent).toEqual([]);
    shown.push(signed);
  });
  expect(shown[0]?.message?.toString()).toBe(`${now / 1000}.{"data":{"object":{"id":"cs_1"}}}`);
});

test('an address at which nobody answers is said, not thrown at people with a stack', async () => {
  const { verify } = sources['shopify-order'] ?? {};
  if (verify === undefined) throw new Error('no preset');
  const target = { url: 'http://127.0.0.1:1', source: 'shop', verify, key: 'x'.repeat(64), now: () => now };
  await expect(sendWebhook(target, json({ id: 1 }))).rejects.toMatchObject({
    name: 'ToolError',
    message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:1 can't be reached: \w+/),
  });
});
