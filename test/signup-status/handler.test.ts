import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../lambdas/signup-status/document.ts';
import { makeStatusKey, statusSecretId } from '../../lambdas/signups/status-key.ts';
import { calling, ended, everyItem, itemWith, signupId } from './sample-items.ts';
import { browser, rightKey, secretOf, secretsOf, statusSecret, worldWith } from './world.ts';

const noStore = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' };
const problem = { ...noStore, 'content-type': 'application/problem+json' };
const notTold = '["metric","StatusNotTold",1]';
const bodyOf = ({ body = '' }: { body?: string | undefined }): unknown => JSON.parse(body);

test('tells a state for each of the source’s destinations, and the sender’s reference', async () => {
  const { ask, reads } = worldWith([itemWith(ended('created'))]);
  const answer = await ask();
  expect(answer).toMatchObject({ statusCode: 200, headers: { ...noStore, 'content-type': 'application/json' } });
  expect(bodyOf(answer)).toMatchObject({
    signupId,
    source: 'shop',
    reference: '1001',
    destinations: { classroom: { state: 'created' }, courses: { state: 'accepted' } },
  });
  expect(reads).toEqual([`classroom#${signupId}`, `courses#${signupId}`]);
});

test('a right key proves that the signup was accepted, even where the ledger has nothing', async () => {
  expect(bodyOf(await worldWith([]).ask())).toEqual({
    signupId,
    source: 'shop',
    reference: null,
    destinations: { classroom: { state: 'accepted' }, courses: { state: 'accepted' } },
  });
});

test('no e-mail address is told, where the reference or the account’s id is one', async () => {
  const account = { userId: 'ada@example.com', username: 'ada@example.com', role: null };
  const { ask } = worldWith([itemWith(ended('created', null, { account }), { reference: 'order of ada@example.com' })]);
  for (const accept of ['text/html', 'application/json']) {
    const { body } = await ask(undefined, { accept });
    expect(body).toContain('order of [e-mail address]');
    expect(body).not.toContain('ada@');
  }
});

test('the reference is found at whichever destination has read it', async () => {
  const { ask } = worldWith([itemWith(calling, { destination: 'courses', reference: 'A-7' })]);
  expect(bodyOf(await ask())).toMatchObject({ reference: 'A-7' });
});

const noSuch = await worldWith([]).ask(`key=${'A'.repeat(43)}`);

test('a wrong key is a 404 that names no signup and reads no ledger', async () => {
  const { ask, reads } = worldWith(everyItem);
  expect(await ask(`key=${'A'.repeat(43)}`)).toMatchObject({ statusCode: 404, headers: problem });
  expect(noSuch.body).not.toContain(signupId);
  expect(reads).toEqual([]);
});

test('whatever the key and the id: without the right pair the answer is the same bytes', async () => {
  const { ask, reads } = worldWith(everyItem);
  const bit = fc.nat(rightKey.length - 1);
  const keys = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[\w-]{43}$/),
    bit.map((at) => `${rightKey.slice(0, at)}${rightKey[at] === 'x' ? 'y' : 'x'}${rightKey.slice(at + 1)}`),
    bit.map((length) => rightKey.slice(0, length)),
    fc.constantFrom(`${rightKey}=`, `${rightKey},${rightKey}`, rightKey.toLowerCase(), ` ${rightKey}`),
  );
  const ids = fc.oneof(fc.constant(signupId), fc.string(), fc.constantFrom('shop.x', 'constructor.x', '__proto__'));
  await fc.assert(
    fc.asyncProperty(keys, ids, async (key, id) => {
      fc.pre(key.isWellFormed());
      expect(await ask(`key=${encodeURIComponent(key)}`, { id })).toEqual(noSuch);
    }),
  );
  expect(await ask(`key=${rightKey}`, { id: 'shop.other' })).toEqual(noSuch);
  expect(await ask('')).toEqual(noSuch);
  expect(await ask('key=')).toEqual(noSuch);
  expect(reads).toEqual([]);
});

test.each([[`key=${rightKey}&key=${rightKey}`], [`key=${rightKey}&verbose=1`], ['token=1']])(
  'parameters that are doubled or do not belong there are named: %s',
  async (query) => {
    const answer = await worldWith([]).ask(query);
    expect(answer).toMatchObject({ statusCode: 400, headers: problem });
    expect(bodyOf(answer)).toMatchObject({ detail: expect.stringContaining('one parameter, key, once') });
  },
);

test('a source that was taken out of the config is gone, for whoever has the right key', async () => {
  const { ask } = worldWith([]);
  for (const id of ['closed.1', 'constructor.1', 'nodot']) {
    expect(await ask(`key=${makeStatusKey(id, statusSecret)}`, { id })).toMatchObject({ statusCode: 410 });
    expect(await ask(undefined, { id })).toEqual(noSuch);
  }
});

test('a ledger that does not answer is a 503 with Retry-After, and the log does not repeat its words', async () => {
  const readSignup = () => Promise.reject(new TypeError('CANARY words'));
  const { ask, log } = worldWith([], { readSignup });
  expect(await ask()).toMatchObject({ statusCode: 503, headers: { ...problem, 'retry-after': '30' } });
  expect(log).toEqual([expect.stringMatching(/error.*the ledger could not be read: TypeError/), notTold]);
  expect(log.join()).not.toContain('CANARY');
});

test('a status secret that cannot be read, or was never filled, is a 503', async () => {
  const broken = secretsOf({ AWSCURRENT: secretOf('1', {}) }).secrets;
  const absent = secretsOf({}).secrets;
  for (const secrets of [broken, absent]) {
    const { ask, log } = worldWith([], { secrets });
    expect(await ask()).toMatchObject({ statusCode: 503, headers: { 'retry-after': '30' } });
    expect(log).toEqual([expect.stringMatching(/error.*status not told/), notTold]);
  }
  const { reads, secrets } = secretsOf({ AWSCURRENT: secretOf('1', { key: statusSecret }) });
  await worldWith([], { secrets }).ask();
  expect(reads).toEqual([`AWSCURRENT ${statusSecretId('test')}`]);
});

test('a browser gets a page with a strict policy, for errors too', async () => {
  const { ask } = worldWith(everyItem);
  const headers = {
    ...noStore,
    vary: 'accept',
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy,
  };
  const asked = [
    [200, `key=${rightKey}`],
    [404, 'key=wrong'],
    [400, 'key=1&key=2'],
  ] as const;
  for (const [statusCode, query] of asked) {
    const answer = await ask(query, { accept: browser });
    expect(answer).toMatchObject({ statusCode, headers });
    expect(answer.body).toMatch(/^<!doctype html>/);
  }
});

test('no secret, credential, body or person is in any answer or log line', async () => {
  for (const item of everyItem) {
    const { ask, log } = worldWith([item]);
    const answers = [await ask(), await ask(undefined, { accept: browser }), await ask('key=CANARY-key')];
    expect(answers[0]).toMatchObject({ statusCode: 200 });
    expect(JSON.stringify([answers, log])).not.toMatch(/CANARY/i);
    expect(JSON.stringify([answers, log])).not.toContain(rightKey);
  }
});
