import { describe, expect, it } from 'vitest';
import { settings } from '../../../lambdas/platforms/digitalchalk-rest/settings.ts';
import { callWith, signupWith } from '../vendor-call.ts';
import { answering, bench, connectTo, opened, startSimulated, token } from './simulated.ts';

const nowhere = 'http://127.0.0.1:1';

describe('digitalchalk-rest makes an account', () => {
  it('that has what the signup has', async () => {
    const { running, account } = await bench();
    const signup = signupWith({ tags: ['spring', 'evening', 'spring'], locale: 'pt-BR' });
    const result = await account.createAccount(callWith(signup));
    const [made] = running.accounts();
    expect(result).toEqual({
      kind: 'created',
      account: { userId: made?.userId, username: 'ada@example.com' },
      notApplied: [],
    });
    expect(running.accounts()).toMatchObject([
      {
        email: 'ada@example.com',
        username: 'ada@example.com',
        firstName: 'Ada',
        lastName: 'Lovelace',
        password: 'made-4-Ada',
        fields: { tags: 'spring evening', locale: 'pt' },
      },
    ]);
  });

  it.each(['A & B < C > D " E \' F', 'Ünïcödé ß', '漢字 かな 한글', '😀👩‍👩‍👧', '  spaces  kept  ', '\\u0041\\'])(
    'and carries %s as a name and within a password, byte for byte',
    async (text) => {
      const { running, account } = await bench();
      await account.createAccount(callWith(signupWith({ firstName: text }), `a1${text}`));
      expect(running.accounts()).toMatchObject([{ firstName: text, password: `a1${text}` }]);
    },
  );

  it.each([
    [{}, 'ada@example.com', 'ada@example.com'],
    [{ usernameMode: 'email' }, 'ada@example.com', 'ada@example.com'],
    [{ usernameMode: 'blank' }, '', 'ada@example.com'],
    [{ usernameMode: 'signup' }, 'ada1815', 'ada1815'],
  ])('with %j and the username "%s"; the person is %s', async (settings, username, login) => {
    const { running, vendor, account } = await bench({}, settings);
    const signup = signupWith({ username: 'ada1815' });
    expect(vendor.prepare(signup)).toEqual({ kind: 'ready', personKey: login, loginName: login });
    await account.createAccount(callWith(signup));
    expect(running.accounts()).toMatchObject([{ username }]);
  });

  it('and names what DigitalChalk has no place for', async () => {
    const { account } = await bench();
    const fields = {
      username: 'ada',
      phone: '1',
      address: 'a',
      zip: 'z',
      gender: 'F',
      locale: 'gsw',
      role: 'moderator',
    };
    const signup = signupWith({ ...fields, permissions: { any: true }, offerings: ['course-1'] });
    expect(await account.createAccount(callWith(signup))).toMatchObject({
      kind: 'created',
      notApplied: ['username', 'phone', 'address', 'zip', 'gender', 'locale', 'role', 'permissions'],
    });
  });

  it('at the address that it is given, with or without a slash at its end', async () => {
    const running = await startSimulated({ variants: { base: '/api/v5' } });
    expect(running.url).toMatch(/\/api\/v5$/);
    const account = opened(connectTo(`${running.url}/`), running.secret);
    expect(await account.createAccount(callWith())).toMatchObject({ kind: 'created' });
  });

  it('nowhere where the url lacks the path of the API, and waits for it to be corrected', async () => {
    const running = await startSimulated();
    const account = opened(connectTo(new URL(running.url).origin), running.secret);
    expect(await account.createAccount(callWith())).toMatchObject({
      kind: 'not-done',
      message: expect.stringContaining("check the destination's url"),
    });
  });

  it('never without a password', async () => {
    const { running, account } = await bench();
    expect(await account.createAccount({ ...callWith(), password: null })).toEqual({
      kind: 'rejected',
      message: 'DigitalChalk makes no account without a password',
    });
    expect(running.counts()).toEqual({});
  });
});

describe('a signup', () => {
  it.each([
    [{ password: 'a1b2c' }, /^password: .*at least 6 characters/],
    [{ password: 'abcdef' }, /^password: /],
    [{ password: '123456' }, /^password: /],
    [{ tags: ['one', 'two words'] }, /^tags\.1 holds white space or a comma/],
    [{ tags: ['a,b'] }, /^tags\.0 /],
    [{ tags: ['two\u00a0words'] }, /^tags\.0 /],
  ])('with %j is rejected before anything is called, without its password', (fields, message) => {
    const prepared = connectTo(nowhere).prepare(signupWith(fields));
    expect(prepared).toEqual({ kind: 'rejected', message: expect.stringMatching(message) });
    if ('password' in fields) expect(JSON.stringify(prepared)).not.toContain(fields.password);
  });

  it('is told everything that is wrong with it at once', () => {
    const signup = signupWith({ password: 'short', tags: ['a b'] });
    expect(connectTo(nowhere, { usernameMode: 'signup' }).prepare(signup)).toEqual({
      kind: 'rejected',
      message: expect.stringMatching(/^username is missing.*; password: .*; tags\.0 /),
    });
  });

  it.each(['abc123', 'пароль1', 'p4 sswörd', '漢字漢字漢1'])('may bring the password %s', (password) => {
    expect(connectTo(nowhere).prepare(signupWith({ password }))).toMatchObject({ kind: 'ready' });
  });

  it.each([
    ['en', 'en'],
    ['pt-BR', 'pt'],
    ['pt_BR', 'pt'],
    ['DE', 'de'],
    ['zh-Hant-TW', 'zh'],
    ['eng', 'en'],
    ['iw', 'he'],
    ['gsw', undefined],
    ['en-abcdefgh-abcdefgh', undefined],
  ])('in the locale %s is sent as %s', async (locale, sent) => {
    const { running, account } = await bench();
    const result = await account.createAccount(callWith(signupWith({ locale })));
    expect(running.accounts()[0]?.fields.locale).toBe(sent ?? '');
    expect(result).toMatchObject({ kind: 'created', notApplied: sent === undefined ? ['locale'] : [] });
  });
});

describe('the token', () => {
  it.each([
    [{}, 'token is missing'],
    [{ token: '' }, 'token is empty'],
    [{ token: 1 }, 'token must be text'],
    [{ token: 'Bearer hunter2' }, 'without the word Bearer'],
    [{ token: 'hunter2\n' }, 'white space'],
    [{ token: 'hünter2' }, 'a character that no token has'],
    ['hunter2', 'an object with token'],
  ])('%j is told to be wrong and not repeated', (secret, problem) => {
    const account = connectTo(nowhere).open(secret);
    if (!('problem' in account)) throw new Error('it was accepted');
    expect(account.problem).toContain(problem);
    expect(account.problem).not.toMatch(/h[uü]nter2/);
  });

  it('that is wrong is refused by every call, in the vendor’s words', async () => {
    const { running, vendor } = await bench();
    const account = opened(vendor, { token: 'another' });
    const refused = { kind: 'credentials-refused', message: 'Invalid access token' };
    const call = callWith();
    expect(await account.createAccount(call)).toEqual(refused);
    expect(await account.lookUp(call)).toEqual(refused);
    expect(await account.probe(call.signal)).toEqual(refused);
    expect(await account.register({ ...call, offering: 'o', account: { userId: 'u' } })).toEqual(refused);
    expect(await account.addTags({ ...call, account: { userId: 'u' } })).toEqual(refused);
    expect(running.counts().refusedLogins).toBe(5);
  });

  it('is probed without making anything', async () => {
    const { running, account } = await bench();
    expect(await account.probe(AbortSignal.timeout(5000))).toEqual({ kind: 'accepted' });
    expect(running.counts()).toEqual({ 'GET /users': 1 });
  });

  it('and the password come back in no message, whatever the vendor repeats', async () => {
    const password = 'hunter2-"x"';
    const body = JSON.stringify({ errors: [`${token} ${password}`], fieldErrors: { password: `not ${password}` } });
    const { url } = await answering({ status: 400, body });
    const account = opened(connectTo(url), { token });
    const told = JSON.stringify(await account.createAccount(callWith(signupWith(), password)));
    expect(told).toContain('[redacted]');
    for (const secret of [token, 'hunter2']) expect(told).not.toContain(secret);
  });
});

describe('the settings', () => {
  it('tell how many requests a second the vendor is sent', () => {
    expect(connectTo(nowhere).requestsPerSecond).toBe(2);
    expect(connectTo(nowhere, { requestsPerSecond: 0.5 }).requestsPerSecond).toBe(0.5);
  });

  it.each([{ usernamemode: 'blank' }, { usernameMode: 'phone' }, { requestsPerSecond: 0 }, { requestsPerSecond: '2' }])(
    'refuse %j',
    (own) => {
      expect(settings.schema.safeParse(own).success).toBe(false);
    },
  );
});
