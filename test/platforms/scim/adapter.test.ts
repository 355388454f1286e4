import { describe, expect, it } from 'vitest';
import { settings } from '../../../lambdas/platforms/scim/settings.ts';
import { callWith, signupWith } from '../vendor-call.ts';
import { bench, connectTo, everything, opened, startSimulated } from './simulated.ts';

const nowhere = 'http://127.0.0.1:1';

describe('scim makes an account', () => {
  it('that has what the signup has, and names what SCIM has no place for', async () => {
    const { running, account } = await bench();
    const result = await account.createAccount(callWith(signupWith(everything)));
    expect(running.accounts()).toMatchObject([
      {
        email: 'ada@example.com',
        username: 'ada@example.com',
        firstName: 'Ada',
        lastName: 'Lovelace',
        password: 'made-4-Ada',
        fields: {
          externalId: 'ada@example.com',
          locale: 'en-GB',
          phone: '+44 20 7946 0000',
          streetAddress: '12 St James’s Square',
          postalCode: 'SW1Y',
        },
      },
    ]);
    expect(result).toEqual({
      kind: 'created',
      account: { userId: running.accounts()[0]?.userId, username: 'ada@example.com' },
      notApplied: ['username', 'gender', 'tags', 'offerings', 'role', 'permissions'],
    });
  });

  it('and names what the server left out', async () => {
    const { account } = await bench({ variants: { optional: 'dropped' } });
    const { phone, address, zip, locale } = everything;
    expect(await account.createAccount(callWith(signupWith({ phone, address, zip, locale })))).toMatchObject({
      kind: 'created',
      notApplied: ['phone', 'address', 'zip', 'locale'],
    });
  });

  it.each(['A & B < C > D " E \' F', 'Ünïcödé ß', '漢字 かな 한글', '😀👩‍👩‍👧', '  spaces  kept  ', '\\u0041\\'])(
    'and carries %s as a name and a password, byte for byte',
    async (text) => {
      const { running, account } = await bench();
      await account.createAccount(callWith(signupWith({ firstName: text }), text));
      expect(running.accounts()).toMatchObject([{ firstName: text, password: text }]);
    },
  );

  it.each([
    [{}, 'Ada@Example.com', 'ada@example.com'],
    [{ usernameMode: 'signup' }, 'Ada1815', 'ada1815'],
    [{ externalId: 'reference' }, 'Ada@Example.com', '1001'],
    [{ externalId: 'none' }, 'Ada@Example.com', ''],
  ])('with %j as %s, and is known again by the key "%s"', async (settings, username, externalId) => {
    const { running, vendor, account } = await bench({}, settings);
    const signup = signupWith({ email: 'Ada@Example.com', username: 'Ada1815', reference: '1001' });
    expect(vendor.prepare(signup)).toEqual({ kind: 'ready', personKey: username, loginName: username });
    await account.createAccount(callWith(signup));
    expect(running.accounts()).toMatchObject([{ username, fields: { externalId } }]);
  });

  it('without a reference where the sender has none', async () => {
    const { running, account } = await bench({}, { externalId: 'reference' });
    expect(await account.createAccount(callWith())).toMatchObject({ kind: 'created' });
    expect(running.accounts()[0]?.fields.externalId).toBe('');
  });

  it.each([
    [true, 'made-4-Ada', []],
    [false, '', ['password']],
  ])('with sendPassword %s sets "%s"', async (sendPassword, password, notApplied) => {
    const { running, account } = await bench({}, { sendPassword });
    const signup = signupWith({ password: 'chosen' });
    expect(await account.createAccount(callWith(signup))).toMatchObject({ kind: 'created', notApplied });
    expect(running.accounts()[0]?.password).toBe(password);
  });

  it('that the server has under a name of its own, because the key is ours', async () => {
    const { running, account } = await bench({ variants: { userName: 'rewritten' } });
    expect(await account.createAccount(callWith())).toMatchObject({
      kind: 'created',
      account: { userId: running.accounts()[0]?.userId, username: 'ada@example.com#learner' },
      warning: 'the vendor knows the user by another userName than was sent',
    });
  });

  it('of which nobody knows whether it is ours, where neither name nor key are', async () => {
    const { account } = await bench({ variants: { userName: 'rewritten', externalId: 'dropped' } });
    expect(await account.createAccount(callWith())).toMatchObject({ kind: 'nobody-knows' });
  });

  it('and warns where the learner can not use it yet', async () => {
    const { account } = await bench({ variants: { newUsers: 'inactive' } });
    expect(await account.createAccount(callWith())).toMatchObject({
      kind: 'created',
      warning: 'the vendor made the user inactive',
    });
  });

  it.each(['work', 'home', 'other'])('with the address as one of the type %s', async (emailType) => {
    const { account } = await bench({}, { emailType });
    expect(await account.createAccount(callWith())).toMatchObject({ kind: 'created' });
  });

  it('at the address that it is given, with or without a slash at its end', async () => {
    const running = await startSimulated();
    const account = opened(connectTo(`${running.url}/`), running.secret);
    expect(await account.createAccount(callWith())).toMatchObject({ kind: 'created' });
  });

  it('nowhere where the url is wrong, and waits for it to be corrected', async () => {
    const running = await startSimulated();
    const account = opened(connectTo(`${running.url}/v9`), running.secret);
    expect(await account.createAccount(callWith())).toMatchObject({ kind: 'not-done' });
  });
});

describe('a user that is there', () => {
  it.each(['uniqueness', 'bare-409', '400'])('is a duplicate, the conflict told as %s', async (conflict) => {
    const { running, account } = await bench({ variants: { conflict } });
    await account.createAccount(callWith());
    const again = signupWith({ ...everything, email: 'ADA@example.com', password: 'chosen' });
    expect(await account.createAccount(callWith(again))).toEqual({
      kind: 'duplicate',
      message: 'A user with this userName exists',
      account: { userId: running.accounts()[0]?.userId, username: 'ada@example.com' },
      notApplied: [
        'password',
        'phone',
        'address',
        'zip',
        'locale',
        'username',
        'gender',
        'tags',
        'offerings',
        'role',
        'permissions',
      ],
    });
    expect(running.accounts()).toHaveLength(1);
  });

  it.each(['http-503', 'http-500', 'truncated', 'reply-lost'] as const)(
    'is a duplicate by "uniqueness" alone where the look-up meets %s',
    async (weather) => {
      const { running, account } = await bench();
      await account.createAccount(callWith());
      running.arm({ weather, operation: 'GET /Users' });
      expect(await account.createAccount(callWith())).toMatchObject({ kind: 'duplicate', account: {} });
    },
  );

  it.each([
    ['http-503', { kind: 'not-done', retryAfterMs: 7000 }],
    ['reply-lost', { kind: 'not-done' }],
  ] as const)('waits where the conflict has no type and the look-up meets %s', async (weather, expected) => {
    const { running, account } = await bench({ variants: { conflict: 'bare-409' } });
    await account.createAccount(callWith());
    running.arm({ weather, operation: 'GET /Users', ms: 7000 });
    expect(await account.createAccount(callWith())).toMatchObject({
      ...expected,
      message: expect.stringMatching(/^A user with this userName exists \(why is not known/),
    });
  });

  it('that is refused for another reason is rejected in the server’s words', async () => {
    const { account } = await bench();
    expect(await account.createAccount(callWith(signupWith({ email: 'ada@example.invalid' })))).toEqual({
      kind: 'rejected',
      message: "The 'userName' is reserved",
    });
  });
});

describe('a look-up', () => {
  it.each(['get', 'post'])('by %s finds the person in whatever case, and nobody else', async (search) => {
    const { running, account } = await bench({}, { search });
    await account.createAccount(callWith(signupWith({ email: 'joada@example.com' })));
    const call = callWith(signupWith({ email: 'ADA@example.com' }));
    expect(await account.lookUp(call)).toEqual({ kind: 'absent' });
    await account.createAccount(callWith());
    expect(await account.lookUp(call)).toEqual({
      kind: 'exists',
      account: { userId: running.accounts()[1]?.userId, username: 'ada@example.com' },
      notApplied: [],
    });
  });

  it.each(['ada+shop@example.com', `o"b\\c'd@example.com`, 'a&b=c%25#?@example.com', 'ä漢😀@example.com'])(
    'asks for %s as it is written',
    async (email) => {
      const { account } = await bench();
      const call = callWith(signupWith({ email }));
      expect(await account.lookUp(call)).toEqual({ kind: 'absent' });
      await account.createAccount(call);
      expect(await account.lookUp(call)).toMatchObject({ kind: 'exists' });
    },
  );

  it.each([
    [99, 'absent'],
    [101, 'nobody-knows'],
  ])('on a server that does not filter among %i others is %s', async (others, kind) => {
    const { account } = await bench({ variants: { filter: 'ignored' } });
    for (let index = 0; index < others; index++)
      await account.createAccount(callWith(signupWith({ email: `a${index}@example.com` })));
    expect(await account.lookUp(callWith())).toMatchObject({ kind });
  });
});

describe('our key', () => {
  it.each([{ filterCase: 'exact' }, { userName: 'rewritten' }])(
    'finds the person on a server with %j',
    async (variants) => {
      const { running, account } = await bench({ variants });
      const call = callWith(signupWith({ email: 'ADA@example.com' }));
      expect(await account.lookUp(call)).toEqual({ kind: 'absent' });
      await account.createAccount(callWith());
      expect(await account.lookUp(call)).toMatchObject({
        kind: 'exists',
        account: { userId: running.accounts()[0]?.userId },
      });
    },
  );

  it.each([{ filterByExternalId: 'unknown' }, { externalId: 'dropped' }])(
    'takes nothing from what the name says on a server with %j',
    async (variants) => {
      const { account } = await bench({ variants });
      expect(await account.lookUp(callWith())).toEqual({ kind: 'absent' });
      await account.createAccount(callWith());
      expect(await account.lookUp(callWith())).toMatchObject({ kind: 'exists' });
    },
  );

  it('is not asked for where it is the reference of one signup', async () => {
    const { running, account } = await bench({}, { externalId: 'reference' });
    await account.createAccount(callWith(signupWith({ reference: '1001', email: 'eve@example.com' })));
    expect(await account.lookUp(callWith(signupWith({ reference: '1001' })))).toEqual({ kind: 'absent' });
    expect(running.counts()['GET /Users']).toBe(1);
  });

  it('says nothing where it can not be asked for', async () => {
    const { running, account } = await bench();
    running.arm({ weather: 'slow', operation: 'GET /Users', ms: 0 });
    running.arm({ weather: 'http-500', operation: 'GET /Users' });
    expect(await account.lookUp(callWith())).toMatchObject({ kind: 'nobody-knows' });
  });
});

describe('the token', () => {
  it('that is wrong is refused by every call, in the server’s words', async () => {
    const { running, vendor } = await bench();
    const account = opened(vendor, { token: 'another' });
    const refused = { kind: 'credentials-refused', message: 'Authorization failure' };
    expect(await account.createAccount(callWith())).toEqual(refused);
    expect(await account.lookUp(callWith())).toEqual(refused);
    expect(await account.probe(AbortSignal.timeout(5000))).toEqual(refused);
    expect(running.counts().refusedLogins).toBe(3);
  });

  it('is probed without making anything', async () => {
    const { running, account } = await bench();
    expect(await account.probe(AbortSignal.timeout(5000))).toEqual({ kind: 'accepted' });
    expect(running.counts()).toEqual({ 'GET /Users': 1 });
  });

  it('that is no token is told so', () => {
    expect(connectTo(nowhere).open({ token: 'Bearer hunter2' })).toEqual({
      problem:
        'is wrong: token must be the token alone, without the word Bearer; token holds white space or a character that no token has',
    });
  });
});

it('a signup without a username is rejected where it names the user', () => {
  expect(connectTo(nowhere, { usernameMode: 'signup' }).prepare(signupWith())).toEqual({
    kind: 'rejected',
    message: expect.stringMatching(/^username is missing/),
  });
});

it.each([
  { usernamemode: 'email' },
  { usernameMode: 'blank' },
  { externalId: 'email' },
  { sendPassword: 'no' },
  { mediaType: 'text/json' },
  { search: 'GET' },
])('the settings refuse %j', (own) => {
  expect(settings.schema.safeParse(own).success).toBe(false);
});
