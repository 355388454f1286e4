import { expect, test } from 'vitest';
import { isStatusKey } from '../../lambdas/signups/status-key.ts';
import { shopify, woocommerce } from './verify/deliveries.ts';
import { body, createWorld, detailOf, now, type Post, type Secrets, statusSecret, type World } from './world.ts';

const secretId = 'matriculate/test/sources/shop';
const filled: Secrets = { [secretId]: [{ value: { keys: [shopify.key] } }] };

const world = (secrets = filled, to: readonly string[] = ['classroom', 'studio']): World =>
  createWorld({ shop: { verify: shopify.verify, dedupeKey: ['/id'], to } }, secrets);

const genuine: Post = { headers: shopify.headers };

test('a genuine delivery is on every queue before it is answered 202, with an address to ask at', async () => {
  const { post, sent, metrics } = world();
  const answer = await post(genuine);
  expect(answer).toMatchObject({
    statusCode: 202,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
  expect(sent.map(({ destination }) => destination)).toEqual(['classroom', 'studio']);
  expect(sent[0]?.message).toEqual({
    kind: 'delivery',
    signupId: expect.stringMatching(/^shop\.[\w-]{22}$/),
    source: 'shop',
    acceptedAt: new Date(now).toISOString(),
    body: Buffer.from(body).toString('base64'),
  });
  const { signupId, statusUrl } = JSON.parse(answer.body ?? '');
  expect(signupId).toBe(sent[0]?.message.signupId);
  const url = new URL(statusUrl, 'https://signups.example');
  expect(url.pathname).toBe(`/signups/${signupId}`);
  expect(isStatusKey(url.searchParams.get('key') ?? '', signupId, statusSecret)).toBe(true);
  expect(metrics).toEqual([{ name: 'Accepted', value: 1, dimensions: { source: 'shop' } }]);
});

test('a redelivery gets the same answer and is sent on: the ledger knows it', async () => {
  const { post, sent } = world();
  const [first, second] = [await post(genuine), await post(genuine)];
  expect(second).toEqual(first);
  expect(sent).toHaveLength(4);
});

test('the same key at two sources makes two signups', async () => {
  const source = { verify: shopify.verify, dedupeKey: ['/id'], to: ['classroom'] };
  const { post, sent } = createWorld(
    { shop: source, mall: source },
    { ...filled, 'matriculate/test/sources/mall': [{ value: { keys: [shopify.key] } }] },
  );
  await post(genuine);
  await post({ ...genuine, source: 'mall' });
  expect(new Set(sent.map(({ message }) => message.signupId)).size).toBe(2);
});

test.each(['Shop', 'shop ', 'unknown', '', '__proto__', 'constructor', 'toString', '../shop', 'shop\u0000'])(
  'the source %j is unknown: 404, which says the same for all and reads nothing',
  async (source) => {
    const { post, reads, sent, metrics } = world();
    const answer = await post({ ...genuine, source });
    expect(answer.statusCode).toBe(404);
    expect(detailOf(answer)).toBe(
      'There is no webhook at this address. Compare it, letter for letter, with the one you were given.',
    );
    expect([...reads, ...sent, ...metrics]).toEqual([]);
  },
);

test('65,536 bytes are taken and 65,537 are not, as text and as base64, and somebody is told', async () => {
  for (const type of ['application/json', 'application/vnd.shop+json']) {
    const { post, reads, metrics } = world();
    const sized = (size: number): Post => ({
      headers: { ...shopify.sign('a'.repeat(size)), 'Content-Type': type },
      body: 'a'.repeat(size),
    });
    expect((await post(sized(65_536))).statusCode).toBe(202);
    const readsBefore = reads.length;
    const answer = await post(sized(65_537));
    expect(answer.statusCode).toBe(413);
    expect(detailOf(answer)).toContain('64 KiB (65536 bytes)');
    expect(metrics.at(-1)).toEqual({ name: 'TurnedAway', value: 1, dimensions: { source: 'shop' } });
    expect(reads).toHaveLength(readsBefore);
  }
});

test('the limit counts bytes, not letters', async () => {
  expect((await world().post({ ...genuine, body: 'ü'.repeat(32_769) })).statusCode).toBe(413);
});

test.each([
  'application/json; charset=utf-8',
  'APPLICATION/JSON',
  'application/vnd.shop.order+json',
  'application/x-www-form-urlencoded; charset=UTF-8',
  'text/plain;charset=UTF-8',
  'text/json',
  'application/octet-stream',
  '',
])('the content type %j is taken', async (type) => {
  const { post } = world();
  expect((await post({ headers: { ...shopify.headers, 'Content-Type': type } })).statusCode).toBe(202);
});

test.each([
  'application/xml',
  'text/xml',
  'text/html',
  'multipart/form-data; boundary=a',
  'application/jsonp',
  'application/json,application/json',
  '+json',
])('the content type %j is not: 415, before anything is read, and somebody is told', async (type) => {
  const { post, reads, logs, metrics } = world();
  const answer = await post({ headers: { ...shopify.headers, 'Content-Type': type } });
  expect(answer.statusCode).toBe(415);
  expect(detailOf(answer)).toContain('application/json');
  expect(reads).toEqual([]);
  expect(logs).toEqual([
    { level: 'warn', message: 'turned away', fields: { source: 'shop', reason: 'unsupported-type' } },
  ]);
  expect(metrics).toEqual([{ name: 'TurnedAway', value: 1, dimensions: { source: 'shop' } }]);
});

test('a replay under another content type, which nobody signs, is the same signup', async () => {
  const { post, sent } = world(filled, ['classroom']);
  for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain', ''])
    await post({ headers: { ...shopify.headers, 'Content-Type': type } });
  expect(new Set(sent.map(({ message }) => message.signupId)).size).toBe(1);
  expect(sent.map(({ message }) => message.undedupable)).toEqual(Array(4).fill(undefined));
});

const unusable: readonly [string, unknown][] = [
  ['nobody has filled', {}],
  ['holds no keys', { keys: [] }],
  ['holds an empty key', { keys: [''] }],
  ['holds a key of white space', { keys: ['  \n'] }],
  ['holds a text instead of a list', { keys: 'whsecret' }],
  ['holds a number among its keys', { keys: ['whsecret', 7] }],
  ['holds null', null],
];

test.each(unusable)('with a secret that %s nobody gets in: 503', async (_, value) => {
  const { post, sent, metrics } = world({ [secretId]: [{ value }] });
  for (const key of [shopify.key, '', '  \n']) {
    const answer = await post({ headers: shopify.sign(body, key) });
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '30' } });
    expect(detailOf(answer)).not.toMatch(/secret|key/);
  }
  expect(sent).toEqual([]);
  expect(metrics.map(({ name }) => name)).toEqual(['NotStored', 'NotStored', 'NotStored']);
});

test('a secret that is missing or unreadable is 503, and works again when it does', async () => {
  const { post, breakDown, mend, logs } = world();
  breakDown(secretId);
  expect((await post(genuine)).statusCode).toBe(503);
  expect(logs.at(-1)).toMatchObject({ level: 'error', message: 'not stored', fields: { source: 'shop' } });
  mend(secretId);
  expect((await post(genuine)).statusCode).toBe(202);
  expect((await world({}).post(genuine)).statusCode).toBe(503);
});

test('without the key of status addresses nothing is stored: 503', async () => {
  const { post, sent, secrets } = world();
  secrets['matriculate/test/status'] = [{ value: {} }];
  expect((await post(genuine)).statusCode).toBe(503);
  expect(sent).toEqual([]);
});

test('unless every queue took it the answer is 503, and the log says which did not', async () => {
  const { post, sent, breakDown, mend, logs, metrics } = world();
  breakDown('studio');
  const answer = await post(genuine);
  expect(answer).toMatchObject({
    statusCode: 503,
    headers: { 'retry-after': '30', 'content-type': 'application/problem+json' },
  });
  expect(sent.map(({ destination }) => destination)).toEqual(['classroom']);
  expect(logs.at(-1)?.fields.detail).toBe('not taken by the queue of studio (Error)');
  expect(metrics).toEqual([{ name: 'NotStored', value: 1, dimensions: { source: 'shop' } }]);
  mend('studio');
  expect((await post(genuine)).statusCode).toBe(202);
  expect(new Set(sent.map(({ message }) => message.signupId)).size).toBe(1);
});

test('a source that has no destination any more promises nothing: 503', async () => {
  expect((await world(filled, []).post(genuine)).statusCode).toBe(503);
});

test('a delivery whose dedupe key can not be made is stored and marked, so that it is rejected and told', async () => {
  const { post, sent } = world();
  const other = '{"email":"ada@example.com"}';
  expect((await post({ headers: shopify.sign(other), body: other })).statusCode).toBe(202);
  expect(sent[0]?.message.undedupable).toContain('/id');
});

test("a refusal's answer and log hold neither the signature nor the key nor the body", async () => {
  const { post, logs } = world();
  const canary = '{"password":"canary-7f3a"}';
  const answer = await post({ headers: shopify.headers, body: canary });
  const told = JSON.stringify([answer, logs]);
  for (const secret of ['canary-7f3a', shopify.key, shopify.headers['X-Shopify-Hmac-Sha256'] ?? ''])
    expect(told).not.toContain(secret);
});

test("WooCommerce's unsigned ping gets exactly 200 and has no effect, even before its secret is filled", async () => {
  const { post, reads, sent, logs } = createWorld(
    { shop: { verify: { scheme: 'woocommerce' }, dedupeKey: ['/id'], to: ['classroom'] } },
    { [secretId]: [{ value: {} }] },
  );
  const form = { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' };
  expect((await post({ headers: form, body: 'webhook_id=12' })).statusCode).toBe(200);
  expect([...reads, ...sent, ...logs]).toEqual([]);
  const noPings: readonly Post[] = [
    { headers: form, body: 'webhook_id=12&email=ada%40example.com' },
    { headers: form, body: 'webhook_id=' },
    { headers: form, body: 'webhook_id=12\n' },
    { headers: form, body: `webhook_id=${'1'.repeat(40)}` },
    { body: 'webhook_id=12' },
    { headers: { ...form, 'X-WC-Webhook-Signature': 'AAAA' }, body: 'webhook_id=12' },
  ];
  for (const request of noPings) expect((await post(request)).statusCode).toBe(401);
  expect((await world().post({ headers: form, body: 'webhook_id=12' })).statusCode).toBe(401);
  expect(sent).toEqual([]);
});

test("WooCommerce's secret is HTML-decoded, as WooCommerce does before it signs", async () => {
  const stored = `a&amp;b&lt;c&gt;d&quot;e&#039;f&#X27;g&#38;h&amp;lt;i&nbsp;j&#65;`;
  const decoded = `a&b<c>d"e'f'g&h&lt;i&nbsp;j&#65;`;
  for (const secret of [stored, decoded.replace('&lt;', '&amp;lt;')]) {
    const { post } = createWorld(
      { shop: { verify: woocommerce.verify, dedupeKey: ['/id'], to: ['classroom'] } },
      { [secretId]: [{ value: { keys: [secret] } }] },
    );
    expect((await post({ headers: woocommerce.sign(body, decoded) })).statusCode).toBe(202);
  }
});
