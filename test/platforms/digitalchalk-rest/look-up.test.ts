import { describe, expect, it } from 'vitest';
import { callWith, signupWith } from '../vendor-call.ts';
import { answering, bench, connectTo, opened, registerCall, token } from './simulated.ts';

const page = (results: readonly unknown[], rest: object = {}) => ({ body: JSON.stringify({ results, ...rest }) });
const user = (id: string, email: string, more: object = {}) => ({ id, email, username: email, ...more });

describe('a look-up', () => {
  it('does not take the longer address that the vendor’s filter also finds for the person', async () => {
    const { account } = await bench();
    await account.createAccount(callWith(signupWith({ email: 'joann@x.com' })));
    await account.createAccount(callWith(signupWith({ email: 'ann@x.com.au' })));
    expect(await account.lookUp(callWith(signupWith({ email: 'ann@x.com' })))).toEqual({ kind: 'absent' });
  });

  it.each(['ADA@Example.com', 'ada@example.com'])('finds %s in whatever case', async (email) => {
    const { running, account } = await bench();
    await account.createAccount(callWith());
    expect(await account.lookUp(callWith(signupWith({ email })))).toEqual({
      kind: 'exists',
      account: { userId: running.accounts()[0]?.userId, username: 'ada@example.com' },
      notApplied: [],
    });
  });

  it.each(['ada+shop@example.com', 'a&b=c@example.com', 'a%2b#?@example.com', 'ä@example.com'])(
    'asks for %s as it is written',
    async (email) => {
      const { account } = await bench();
      const call = callWith(signupWith({ email }));
      expect(await account.lookUp(call)).toEqual({ kind: 'absent' });
      await account.createAccount(call);
      expect(await account.lookUp(call)).toMatchObject({ kind: 'exists' });
    },
  );

  it.each([99, 100, 101, 250])('finds the person behind %i others, over several pages', async (others) => {
    const { running, account } = await bench();
    for (let index = 0; index < others; index++)
      await account.createAccount(callWith(signupWith({ email: `a${index}.ada@example.com` })));
    const call = callWith();
    expect(await account.lookUp(call)).toEqual({ kind: 'absent' });
    await account.createAccount(call);
    expect(await account.lookUp(call)).toMatchObject({ kind: 'exists' });
    expect(running.counts()['GET /users']).toBe(Math.ceil(others / 100) + Math.ceil((others + 1) / 100));
  });

  it('goes on where a page is shorter than it asked for, and never follows a link', async () => {
    const next = 'https://elsewhere.example/users?offset=1';
    const { url, asked } = await answering(
      page([user('1', 'xada@example.com')], { next }),
      page([user('2', 'yada@example.com'), user('3', 'zada@example.com')], { next, prev: next }),
      page([user('4', 'Ada@example.com')]),
    );
    expect(await opened(connectTo(url), { token }).lookUp(callWith())).toMatchObject({ account: { userId: '4' } });
    expect(asked.map((request) => /offset=\d+/.exec(request)?.[0])).toEqual(['offset=0', 'offset=1', 'offset=3']);
  });

  it('does not page for ever, and then says nothing of the person', async () => {
    const { url, asked } = await answering(page([user('1', 'joada@example.com')], { next: 'x' }));
    expect(await opened(connectTo(url), { token }).lookUp(callWith())).toEqual({
      kind: 'nobody-knows',
      message: "the vendor's reply can't be read: more than 5000 users match one address",
    });
    expect(asked.length).toBe(50);
  });

  it('stops at an empty page', async () => {
    const { url } = await answering(page([], { next: 'x' }));
    expect(await opened(connectTo(url), { token }).lookUp(callWith())).toEqual({ kind: 'absent' });
  });

  const unreadable: [string, string][] = [
    ['nothing', ''],
    ['no list', '{}'],
    ['a list without ids', JSON.stringify({ results: [{ email: 'ada@example.com' }] })],
    ['an id that is none', JSON.stringify({ results: [user('../x', 'ada@example.com')] })],
    ['a number for an address', JSON.stringify({ results: [{ id: '1', email: 1 }] })],
    ['an array', '[]'],
    ['a page of HTML', '<html></html>'],
  ];
  it.each(unreadable)('that is answered by %s proves nothing', async (_, body) => {
    const { url } = await answering({ body });
    expect(await opened(connectTo(url), { token }).lookUp(callWith())).toMatchObject({ kind: 'nobody-knows' });
  });

  it.each([201, 202, 204, 206])('that is answered with the status %i proves nothing', async (status) => {
    const { url } = await answering({ status, ...(status === 204 ? {} : page([])) });
    expect(await opened(connectTo(url), { token }).lookUp(callWith())).toMatchObject({ kind: 'nobody-knows' });
  });

  it('that the vendor refuses is told in its words', async () => {
    const { url } = await answering({ status: 400, body: '{"errors":["no such filter"]}' });
    expect(await opened(connectTo(url), { token }).lookUp(callWith())).toEqual({
      kind: 'rejected',
      message: 'no such filter',
    });
  });

  it('passes users without an address, and those that are somebody else where addresses may repeat', async () => {
    const users = [{ id: '1' }, { id: '2', email: null }, user('3', 'ada@example.com', { username: 'mother' })];
    const { url } = await answering(page(users));
    const settings = { usernameMode: 'signup' };
    const call = callWith(signupWith({ username: 'daughter' }));
    expect(await opened(connectTo(url, settings, 'allowed'), { token }).lookUp(call)).toEqual({ kind: 'absent' });
    expect(await opened(connectTo(url, settings, 'refused'), { token }).lookUp(call)).toMatchObject({
      account: { userId: '3', username: 'mother' },
    });
  });

  it('takes the username into account only where addresses may repeat and the signup brings one', async () => {
    const users = [user('1', 'ada@example.com', { username: null }), user('2', 'ada@example.com', { username: 'Ada' })];
    const { url } = await answering(page(users));
    const found = (settings: Readonly<Record<string, unknown>>) =>
      opened(connectTo(url, settings, 'allowed'), { token }).lookUp(callWith(signupWith({ username: 'ada' })));
    expect(await found({ usernameMode: 'signup' })).toMatchObject({ account: { userId: '2', username: 'Ada' } });
    expect(await found({ usernameMode: 'email' })).toMatchObject({ account: { userId: '1' } });
  });
});

describe('what needs the account’s id, where nobody told it,', () => {
  it.each([
    ['nobody is found', page([]), { kind: 'rejected', message: 'the vendor has no user with this address' }],
    ['the look-up is refused', { status: 400, body: '{"errors":["no"]}' }, { kind: 'rejected', message: 'no' }],
    ['the token is refused', { status: 401, body: '{"error":"no"}' }, { kind: 'credentials-refused', message: 'no' }],
    ['the vendor is busy', { status: 503 }, { kind: 'not-done', message: 'HTTP 503: the vendor is busy' }],
    ['nobody knows', { body: '{' }, { kind: 'not-done', message: expect.stringContaining("can't be read") }],
  ])('is not done where %s', async (_, answer, expected) => {
    const { url, asked } = await answering(answer);
    expect(await opened(connectTo(url), { token }).register(registerCall())).toMatchObject(expected);
    expect(asked).toHaveLength(1);
  });
});

describe('a refused account', () => {
  it.each(['both', 'errors', 'field-errors', 'bare'])(
    'is a duplicate where the vendor has the person, its errors told as %s',
    async (errors) => {
      const { running, account } = await bench({ variants: { errors } });
      await account.createAccount(callWith(signupWith({ tags: ['old'] })));
      const again = signupWith({ email: 'ADA@example.com', tags: ['OLD', 'new'], password: 'abc123', locale: 'de' });
      expect(await account.createAccount(callWith(again))).toMatchObject({
        kind: 'duplicate',
        message: errors === 'bare' ? expect.stringMatching(/^HTTP 400/) : expect.stringMatching(/is already taken/),
        account: { userId: running.accounts()[0]?.userId, username: 'ada@example.com' },
        notApplied: ['password', 'tags', 'locale'],
      });
      expect(running.accounts()).toHaveLength(1);
    },
  );

  it('does not call tags unapplied that the account has', async () => {
    const { account } = await bench();
    await account.createAccount(callWith(signupWith({ tags: ['a', 'b'] })));
    expect(await account.createAccount(callWith(signupWith({ tags: ['b'] })))).toMatchObject({ notApplied: [] });
  });

  it('is rejected with the vendor’s words where it has not', async () => {
    const { account } = await bench();
    expect(await account.createAccount(callWith(signupWith({ email: 'ada@example.invalid' })))).toEqual({
      kind: 'rejected',
      message: 'email: The email address is not valid',
    });
  });

  it('is rejected where only the username is somebody else’s', async () => {
    const { account } = await bench({}, { usernameMode: 'signup' });
    await account.createAccount(callWith(signupWith({ username: 'ada' })));
    const other = signupWith({ email: 'other.ada@example.com', username: 'ADA' });
    expect(await account.createAccount(callWith(other))).toEqual({
      kind: 'rejected',
      message: 'username: The username is already taken',
    });
  });

  it.each([
    ['http-503', { kind: 'not-done', retryAfterMs: 7000 }],
    ['http-500', { kind: 'not-done' }],
    ['reply-lost', { kind: 'not-done' }],
    ['truncated', { kind: 'not-done' }],
  ] as const)('waits where the look-up meets %s: nothing was made', async (weather, expected) => {
    const { running, account } = await bench();
    running.arm({ weather, operation: 'GET /users', ms: 7000 });
    expect(await account.createAccount(callWith(signupWith({ email: 'ada@example.invalid' })))).toMatchObject({
      ...expected,
      message: expect.stringMatching(/^email: The email address is not valid \(why is not known/),
    });
  });

  it('says that the token is refused where that is why nobody could be asked', async () => {
    const { url } = await answering({ status: 400 }, { status: 403, body: '{"error_description":"No permission"}' });
    expect(await opened(connectTo(url), { token }).createAccount(callWith())).toEqual({
      kind: 'credentials-refused',
      message: 'No permission',
    });
  });
});
