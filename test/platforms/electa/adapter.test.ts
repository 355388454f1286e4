import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { adapter } from '../../../lambdas/platforms/electa/adapter.ts';
import { settings } from '../../../lambdas/platforms/electa/settings.ts';
import type { Duplicates } from '../../../lambdas/platforms/platform.ts';
import { signupWith } from '../vendor-call.ts';
import { electaBench } from './bench.ts';

const connect = (duplicates: Duplicates = 'refused') =>
  adapter.connect({ url: 'http://127.0.0.1:1', duplicates, settings: settings.schema.parse({}) }, { now: () => 0 });
const moderator = { role: 'moderator', permissions: { CanCreateUsers: true, cansetupevents: false } };

describe('a signup', () => {
  test("is ready; the person is the address, and the vendor makes the login's name", () => {
    expect(connect().prepare(signupWith({ email: 'Ada@Example.com' }))).toEqual({
      kind: 'ready',
      personKey: 'Ada@Example.com',
      loginName: null,
    });
  });

  test('is another person under another name where the account allows an address twice', () => {
    expect(connect('allowed').prepare(signupWith())).toMatchObject({ personKey: 'ada@example.com\nAda\nLovelace' });
  });

  test('may name permissions in any case for a moderator', () => {
    expect(connect().prepare(signupWith(moderator)).kind).toBe('ready');
  });

  const rejected: [string, Record<string, unknown>, RegExp][] = [
    ['permissions of a student', { permissions: { CanCreateUsers: false } }, /role moderator only.*role is student/],
    ['permissions of an administrator', { ...moderator, role: 'administrator' }, /the role is administrator/],
    [
      'an unknown permission',
      { role: 'moderator', permissions: { CanFly: true } },
      /"CanFly" is not one of CanCreateUsers/,
    ],
    [
      'a permission twice',
      { role: 'moderator', permissions: { CanCreateUsers: true, cancreateusers: false } },
      /twice/,
    ],
  ];
  test.each(rejected)('with %s is rejected before anything is called', (_, fields, message) => {
    const prepared = connect().prepare(signupWith(fields));
    expect(prepared).toMatchObject({ kind: 'rejected', message: expect.stringMatching(message) });
  });
});

describe('the secret', () => {
  const good = { cid: 12345, appKey: 'UO86CN11XY73SF72TT40PG18ZE76VV71' };

  test.each([good, { ...good, cid: '12345' }])('%j opens a session', (secret) => {
    expect(connect().open(secret)).toMatchObject({ access: 'session' });
  });

  const wrong: [string, unknown, string][] = [
    ['no key', { cid: 1 }, 'appKey is missing'],
    ['a short key', { ...good, appKey: 'CANARY' }, 'appKey must have 32 characters'],
    ['a key with a space', { ...good, appKey: `${good.appKey.slice(1)} ` }, 'appKey must have 32 characters'],
    ['no account', { appKey: good.appKey }, 'cid must be an integer'],
    ['an account in words', { ...good, cid: 'CANARY' }, 'cid must be an integer'],
    ['half an account', { ...good, cid: 1.5 }, 'cid must be an integer'],
    ['no object', 'CANARY', 'object'],
  ];
  test.each(wrong)('with %s is told what is wrong, and never repeated', (_, secret, words) => {
    const opened = connect().open(secret);
    expect(opened).toHaveProperty('problem', expect.stringContaining(words));
    expect(JSON.stringify(opened)).not.toMatch(/CANARY|UO86/);
  });

  test('names everything that is wrong at once', () => {
    expect(connect().open({})).toHaveProperty('problem', expect.stringMatching(/cid.*appKey/));
  });
});

describe("a destination's own keys", () => {
  test('have a default each', () => {
    expect(z.safeParse(settings.schema, {})).toMatchObject({
      success: true,
      data: { tokenPath: '/token/', createUserPath: '/User/Create', parametersIn: 'body' },
    });
  });

  test('are replaced one by one', () => {
    const parsed = z.parse(settings.schema, { refusals: { locked: ['gesperrt'] }, parameterNames: { CID: 'cid' } });
    expect(parsed).toMatchObject({
      refusals: { locked: ['gesperrt'], emailExists: expect.arrayContaining(['user exists']) },
    });
  });

  test.each([
    { path: '/x' },
    { tokenPath: 'token' },
    { tokenPath: '//evil.example/' },
    { createUserPath: '/a?b' },
    { parametersIn: 'header' },
    { parameterNames: { Username: 'x' } },
    { refusals: { locked: ['*'] } },
    { replyNames: { userId: [] } },
  ])('%j is refused', (own) => {
    expect(z.safeParse(settings.schema, own).success).toBe(false);
  });
});

describe('over the wire', () => {
  test('a wrong key is refused and counted by the vendor', async () => {
    const { vendor, login } = await electaBench({}, { cid: 12345, appKey: 'x'.repeat(32) });
    expect(await login()).toEqual({
      kind: 'credentials-refused',
      message: 'Invalid Account or Application Key (code 1)',
    });
    expect(vendor.counts()).toEqual({ token: 1, refusedLogins: 1 });
    await vendor.close();
  });

  test('a token is believed for 19 of its 20 minutes', async () => {
    const { vendor, login } = await electaBench();
    expect(await login()).toMatchObject({ kind: 'token', livesMs: 19 * 60_000 });
    await vendor.close();
  });

  test('a lock holds logins back as an unknown end, and calls for its 15 minutes', async () => {
    const bench = await electaBench({}, { cid: 12345, appKey: 'x'.repeat(32) });
    for (let failures = 0; failures < 5; failures++) await bench.login();
    expect((await bench.login()).kind).toBe('nobody-knows');
    expect(await bench.create(signupWith(), 'none')).toMatchObject({ kind: 'not-done', retryAfterMs: 900_000 });
    await bench.vendor.close();
  });

  test('parameters in the address are understood as well as a form', async () => {
    const { vendor } = await electaBench();
    const own = settings.schema.parse({ parametersIn: 'query', parameterNames: { CID: 'cid', AppKey: 'appkey' } });
    const account = adapter.connect({ url: `${vendor.url}/`, duplicates: 'refused', settings: own }, { now: Date.now });
    const opened = account.open(vendor.secret);
    if ('problem' in opened || opened.access !== 'session') throw new Error('the secret is good');
    expect((await opened.login(AbortSignal.timeout(5000))).kind).toBe('token');
    await vendor.close();
  });

  test('a moderator on a single-teacher account is told to be a student', async () => {
    const bench = await electaBench({ variants: { teachers: 'single' } });
    expect(await bench.create(signupWith(moderator), await bench.token())).toMatchObject({
      kind: 'created',
      account: { role: 'student' },
      notApplied: ['role', 'permissions'],
    });
    await bench.vendor.close();
  });

  test('what Electa has no place for is told as not applied', async () => {
    const bench = await electaBench();
    const more = { username: 'ada', password: 'secret123', locale: 'en', tags: ['a'], offerings: ['b'] };
    expect(await bench.create(signupWith(more), await bench.token())).toMatchObject({
      notApplied: ['username', 'password', 'locale', 'tags', 'offerings'],
    });
    await bench.vendor.close();
  });
});
