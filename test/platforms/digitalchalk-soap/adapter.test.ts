import { describe, expect, it } from 'vitest';
import { callWith, signupWith } from '../vendor-call.ts';
import { connectTo, opened, startSimulated } from './simulated.ts';

const minutes = 60_000;

describe('digitalchalk-soap', () => {
  it('makes an account that has what the signup has', async () => {
    const running = await startSimulated();
    const signup = signupWith({ tags: ['spring', 'evening'] });
    const account = opened(connectTo(running), running.secret);
    expect(await account.createAccount(callWith(signup))).toMatchObject({ kind: 'created', notApplied: [] });
    expect(running.accounts()).toMatchObject([
      {
        email: 'ada@example.com',
        username: 'ada@example.com',
        firstName: 'Ada',
        lastName: 'Lovelace',
        password: 'made-4-Ada',
        fields: { licenseAgreed: 'true', passwordReset: 'true', tags: 'spring evening' },
      },
    ]);
  });

  it.each([
    'A & B < C > D " E \' F',
    'Ünïcödé ß',
    '漢字 かな 한글',
    '😀👩‍👩‍👧',
    '<![CDATA[x]]>',
    ']]>',
    '  spaces  kept  ',
    '&amp; &#65;',
  ])('carries %s as a name and as a password, byte for byte', async (text) => {
    const running = await startSimulated();
    const account = opened(connectTo(running), running.secret);
    await account.createAccount(callWith(signupWith({ firstName: text }), text));
    expect(running.accounts()).toMatchObject([{ firstName: text, password: text }]);
  });

  it('signs each attempt at its own time', async () => {
    let time = Date.parse('2026-01-15T10:20:30Z');
    const now = () => time;
    const running = await startSimulated({ now });
    const account = opened(connectTo(running, {}, now), running.secret);
    expect(await account.lookUp?.(callWith(signupWith()))).toEqual({ kind: 'absent' });
    time += 16 * minutes;
    expect(await account.lookUp?.(callWith(signupWith()))).toEqual({ kind: 'absent' });
  });

  it.each([-16, 16])('with a clock that is %i minutes off learns that its credentials are refused', async (off) => {
    const running = await startSimulated();
    const account = opened(
      connectTo(running, {}, () => Date.now() + off * minutes),
      running.secret,
    );
    expect(await account.createAccount(callWith(signupWith()))).toMatchObject({ kind: 'credentials-refused' });
    expect(running.counts().refusedLogins).toBe(3);
  });

  it('with a wrong secret learns that its credentials are refused, also by look-up and probe', async () => {
    const running = await startSimulated();
    const account = opened(connectTo(running), { ...running.secret, secretKey: 'another' });
    const call = callWith(signupWith());
    const refused = { kind: 'credentials-refused', message: 'The signature is wrong' };
    expect(await account.createAccount(call)).toEqual(refused);
    expect(await account.lookUp?.(call)).toEqual(refused);
    expect(await account.probe?.(call.signal)).toEqual(refused);
  });

  it('probes without making anything', async () => {
    const running = await startSimulated();
    const account = opened(connectTo(running), running.secret);
    expect(await account.probe?.(AbortSignal.timeout(5000))).toEqual({ kind: 'accepted' });
    expect(running.accounts()).toEqual([]);
  });

  it.each(['500', '200'])('learns from a fault with HTTP %s that the user exists', async (faultStatus) => {
    const running = await startSimulated({ variants: { faultStatus } });
    const account = opened(connectTo(running), running.secret);
    const call = callWith(signupWith({ tags: ['spring'], phone: '1' }));
    await account.createAccount(call);
    expect(await account.createAccount(call)).toEqual({
      kind: 'duplicate',
      message: 'A user with this username or email address exists',
      account: { username: 'ada@example.com' },
      notApplied: ['tags', 'phone'],
    });
    expect(running.accounts()).toHaveLength(1);
  });

  it.each([
    ['fault', 'The email address is not accepted'],
    ['success-false', 'the vendor answers success = false and gives no reason'],
  ])('rejects for good what the vendor refuses by %s', async (refusal, message) => {
    const running = await startSimulated({ variants: { refusal } });
    const account = opened(connectTo(running), running.secret);
    const call = callWith(signupWith({ email: 'ada@example.invalid' }));
    expect(await account.createAccount(call)).toEqual({ kind: 'rejected', message });
  });

  it.each([
    [{ usernameMode: 'email' }, 'ada@example.com', 'ada@example.com'],
    [{ usernameMode: 'blank' }, '', 'ada@example.com'],
    [{ usernameMode: 'signup' }, 'ada1815', 'ada1815'],
  ])('with %j sends the username "%s" and looks up by %s', async (settings, username, login) => {
    const running = await startSimulated();
    const vendor = connectTo(running, settings);
    const signup = signupWith({ username: 'ada1815' });
    const account = opened(vendor, running.secret);
    expect(vendor.prepare(signup)).toEqual({ kind: 'ready', personKey: login, loginName: login });
    await account.createAccount(callWith(signup));
    expect(running.accounts()[0]?.username).toBe(username);
    expect(await account.lookUp?.(callWith(signup))).toMatchObject({ kind: 'exists', account: { username: login } });
  });

  it.each([
    ['made', true, 'true'],
    ['made', false, 'false'],
    ['always', false, 'true'],
    ['never', true, 'false'],
  ])('with passwordReset "%s" and a password made %s sends %s', async (passwordReset, made, sent) => {
    const running = await startSimulated();
    const account = opened(connectTo(running, { passwordReset }), running.secret);
    await account.createAccount({ ...callWith(signupWith()), password: { value: 'secret word', made } });
    expect(running.accounts()[0]?.fields.passwordReset).toBe(sent);
  });

  it('agrees to the licence only where the settings do', async () => {
    const running = await startSimulated();
    const account = opened(connectTo(running, { licenseAgreed: false }), running.secret);
    await account.createAccount(callWith(signupWith()));
    expect(running.accounts()[0]?.fields.licenseAgreed).toBe('false');
  });

  it('posts where the setting says', async () => {
    const running = await startSimulated({ variants: { endpoint: '/services/v4' } });
    const wrong = opened(connectTo(running, { endpoint: '/dc/api/v4' }), running.secret);
    expect(await wrong.createAccount(callWith(signupWith()))).toMatchObject({ kind: 'not-done' });
    const right = opened(connectTo(running), running.secret);
    expect(await right.createAccount(callWith(signupWith()))).toMatchObject({ kind: 'created' });
  });

  it('takes a url with or without its last slash', async () => {
    const running = await startSimulated();
    const account = opened(connectTo({ ...running, url: `${running.url}/` }), running.secret);
    expect(await account.createAccount(callWith(signupWith()))).toMatchObject({ kind: 'created' });
  });

  it.each([
    [{}, { tags: ['one', 'two words'] }, /^tags\.1 holds white space/],
    [{}, { tags: ['two\u00a0words'] }, /^tags\.0 holds white space/],
    [{ usernameMode: 'signup' }, {}, /^username is missing/],
  ])('with the settings %j rejects %j before anything is called', async (settings, fields, message) => {
    const vendor = connectTo(await startSimulated(), settings);
    expect(vendor.prepare(signupWith(fields))).toEqual({ kind: 'rejected', message: expect.stringMatching(message) });
  });

  it.each([
    [{}, 'accessKey is missing; secretKey is missing'],
    [{ accessKey: 'hunter2' }, 'secretKey is missing'],
    [{ accessKey: '', secretKey: 'hunter2\n' }, 'accessKey is empty'],
    [{ accessKey: 'hunter2', secretKey: 'hunter2\n' }, 'secretKey begins or ends with white space'],
    [{ accessKey: 1, secretKey: ['hunter2'] }, 'accessKey must be text; secretKey must be text'],
    ['hunter2', 'the secret'],
  ])('says what is wrong with the secret %j and does not repeat it', async (secret, problem) => {
    const account = connectTo(await startSimulated()).open(secret);
    if (!('problem' in account)) throw new Error('it was accepted');
    expect(account.problem).toContain(problem);
    expect(account.problem).not.toContain('hunter2');
  });
});
