import { expect, test } from 'vitest';
import { shopify, standardWebhooks, stripe } from './verify/deliveries.ts';
import { body, createWorld, now, type Post, type Version } from './world.ts';

const secretId = 'matriculate/test/sources/shop';
const hour = 3_600_000;
const world = (versions: Version[]) =>
  createWorld({ shop: { verify: shopify.verify, dedupeKey: ['/id'], to: ['classroom'] } }, { [secretId]: versions });
const by = (key: string): Post => ({ headers: shopify.sign(body, key) });
const version = (key: string, createdAt?: number): Version => ({
  value: { keys: [key] },
  ...(createdAt !== undefined && { createdAt }),
});

test('each of several keys is good', async () => {
  const { post } = world([{ value: { keys: ['first', 'second', 'third'] } }]);
  for (const key of ['first', 'second', 'third']) expect((await post(by(key))).statusCode).toBe(202);
  expect((await post(by('fourth'))).statusCode).toBe(401);
});

test('a key that can not be used does not take the others along', async () => {
  const { post, logs } = world([{ value: { keys: ['', 'second'] } }]);
  expect((await post(by('second'))).statusCode).toBe(202);
  expect((await post(by('x'))).statusCode).toBe(401);
  expect(logs.at(-1)?.fields.detail).toBe('1 usable keys; key 1 is empty');
});

test('the key before a rotation is good for 24 hours after it', async () => {
  const { post, advance, reads } = world([version('new', now), version('old')]);
  advance(24 * hour - 1);
  expect((await post(by('old'))).statusCode).toBe(202);
  advance(1);
  const readsBefore = reads.length;
  expect((await post(by('old'))).statusCode).toBe(401);
  expect(reads).toHaveLength(readsBefore);
});

test('the new key costs no read of the old one', async () => {
  const { post, reads } = world([version('new', now), version('old')]);
  expect((await post(by('new'))).statusCode).toBe(202);
  expect(reads).not.toContain(`${secretId} AWSPREVIOUS`);
});

test('a key that was never filled is no key after the first rotation either', async () => {
  const { post } = world([version('new', now), { value: {} }]);
  expect((await post(by(''))).statusCode).toBe(401);
});

test('a secret that was emptied opens nothing to its old key', async () => {
  const { post } = world([{ value: {}, createdAt: now }, version('old')]);
  expect((await post(by('old'))).statusCode).toBe(503);
});

test('a key that was rotated a moment ago is found by one fresh read, and the old one goes on for its day', async () => {
  const { post, secrets, advance } = world([version('old')]);
  expect((await post(by('old'))).statusCode).toBe(202);
  advance(31_000);
  secrets[secretId] = [version('new', now + 31_000), version('old')];
  expect((await post(by('new'))).statusCode).toBe(202);
  expect((await post(by('old'))).statusCode).toBe(202);
});

test('after two rotations the previous key is the one between, though the one before was cached', async () => {
  const { post, secrets, advance } = world([version('second', now), version('first')]);
  expect((await post(by('first'))).statusCode).toBe(202);
  advance(31_000);
  secrets[secretId] = [version('third', now + 31_000), version('second', now), version('first')];
  expect((await post(by('third'))).statusCode).toBe(202);
  expect((await post(by('second'))).statusCode).toBe(202);
  expect((await post(by('first'))).statusCode).toBe(401);
});

test.each<[string, unknown]>([
  ['an empty key', { keys: [''] }],
  ['a key with a blank before it', { keys: [' new'] }],
  ['a wrong name', { key: 'new' }],
  ['a text', 'new'],
])('a slip while a key is rotated, %s, does not end the day of the key before, and is logged', async (_, value) => {
  const { post, logs, advance } = world([{ value, createdAt: now }, version('old')]);
  expect((await post(by('old'))).statusCode).toBe(202);
  expect(logs.find(({ message }) => message === 'unusable keys')?.fields).toEqual({
    source: 'shop',
    detail: expect.stringMatching(/^0 usable keys; .*the keys before the rotation still stand in$/),
  });
  expect((await post(by('other'))).statusCode).toBe(503);
  advance(24 * hour);
  expect((await post(by('old'))).statusCode).toBe(503);
});

test('the longest way to an answer is three reads of secrets, one after the other', async () => {
  const { post, secrets, advance, reads, breakDown, mend } = world([version('second', now), version('first')]);
  breakDown('matriculate/test/status');
  expect((await post(by('second'))).statusCode).toBe(503);
  mend('matriculate/test/status');
  advance(31_000);
  secrets[secretId] = [version('third', now + 31_000), version('second', now), version('first')];
  const readsBefore = reads.length;
  expect((await post(by('third'))).statusCode).toBe(202);
  expect(reads.slice(readsBefore)).toEqual([
    `${secretId} AWSPREVIOUS`,
    `${secretId} AWSCURRENT`,
    'matriculate/test/status AWSCURRENT',
  ]);
});

test('a secret that is filled while it is in use is found within 30 seconds', async () => {
  const { post, secrets, advance } = world([{ value: {} }]);
  expect((await post(by('new'))).statusCode).toBe(503);
  secrets[secretId] = [version('new', now), { value: {} }];
  advance(30_000);
  expect((await post(by('new'))).statusCode).toBe(202);
});

test('1,000 wrong signatures in five minutes cost at most one read in 30 seconds', async () => {
  const { post, reads, advance } = world([version('right')]);
  for (let count = 0; count < 1000; count += 1) {
    expect((await post(by('wrong'))).statusCode).toBe(401);
    advance(300);
  }
  expect(reads.length).toBeLessThanOrEqual(11);
});

test('on the day of a rotation they cost no more than that and the old version', async () => {
  const { post, reads, advance } = world([version('right', now)]);
  for (let count = 0; count < 1000; count += 1) {
    await post(by('wrong'));
    advance(300);
  }
  expect(reads.filter((read) => read.endsWith('AWSCURRENT')).length).toBeLessThanOrEqual(11);
  expect(reads.filter((read) => read.endsWith('AWSPREVIOUS')).length).toBeLessThanOrEqual(2);
});

test('while the old version can not be read, a signature that may be by it is 503 and not 401', async () => {
  const { post, breakDown } = world([version('new', now), version('old')]);
  expect((await post(by('new'))).statusCode).toBe(202);
  breakDown(secretId);
  expect((await post(by('new'))).statusCode).toBe(202);
  expect((await post(by('old'))).statusCode).toBe(503);
});

test("a sender's two signatures, by its old key and its new one, are as good as one", async () => {
  const own = (verify: typeof stripe.verify, key: string) =>
    createWorld(
      { shop: { verify, dedupeKey: ['body'], to: ['classroom'] } },
      { [secretId]: [{ value: { keys: [key] } }] },
    );
  const [, other] = (stripe.sign(body, 'whsec_other')['Stripe-Signature'] ?? '').split(',');
  const stripeHeader = `${stripe.headers['Stripe-Signature']},${other},v0=abc`;
  expect(
    (await own(stripe.verify, stripe.key).post({ headers: { 'Stripe-Signature': stripeHeader } })).statusCode,
  ).toBe(202);
  const right = standardWebhooks.headers['webhook-signature'];
  const list = `v1,${'A'.repeat(43)}= v1a,c2lnbmF0dXJl v1,rubbish ${right}`;
  const headers = { ...standardWebhooks.headers, 'webhook-signature': list };
  expect((await own(standardWebhooks.verify, standardWebhooks.key).post({ headers })).statusCode).toBe(202);
});

test('a key of fewer than 16 bytes is good, and warned of once a process and source, without a piece of it', async () => {
  const warnings = async (...keys: string[]) => {
    const { post, logs } = world([{ value: { keys } }]);
    for (const key of [...keys, ...keys]) expect((await post(by(key))).statusCode).toBe(202);
    return logs.filter(({ message }) => message === 'weak key');
  };
  expect(await warnings('fifteen-letters')).toEqual([
    { level: 'warn', message: 'weak key', fields: { source: 'shop', detail: expect.stringContaining('16 bytes') } },
  ]);
  expect(await warnings('sixteen--letters')).toEqual([]);
  expect(await warnings('a-key-of-more-than-sixteen-letters', 'short')).toHaveLength(1);
  expect(JSON.stringify(await warnings('fifteen-letters'))).not.toContain('fifteen-letters');
});
