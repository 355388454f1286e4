import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callWith, signupWith } from '../vendor-call.ts';
import { type ForeignServer, startForeignServer } from './foreign-server.ts';
import { connectTo, everything, opened } from './simulated.ts';

const token = 'ecc4dabc-8fcf-4faa-9d1b-8b3e8571b7da';
const owner = { filters: true };
let server: ForeignServer;

beforeAll(async () => {
  server = await startForeignServer(token, owner);
});
beforeEach(() => {
  server.empty();
  owner.filters = true;
});
afterAll(() => server.close());

const account = (settings: Readonly<Record<string, unknown>> = {}, secret: unknown = { token }) =>
  opened(connectTo(server.url, settings), secret);

describe.each([{}, { mediaType: 'application/json' }, { search: 'post' }])('SCIMMY, with %j', (settings) => {
  it('has everything of the account that SCIM has a place for', async () => {
    const result = await account(settings).createAccount(callWith(signupWith(everything)));
    expect(server.users()).toMatchObject([
      {
        userName: 'ada@example.com',
        externalId: 'ada@example.com',
        name: { givenName: 'Ada', familyName: 'Lovelace', formatted: 'Ada Lovelace' },
        displayName: 'Ada Lovelace',
        emails: [{ value: 'ada@example.com', type: 'work', primary: true }],
        active: true,
        locale: 'en-GB',
        preferredLanguage: 'en-GB',
        phoneNumbers: [{ value: '+44 20 7946 0000', type: 'other' }],
        addresses: [{ streetAddress: '12 St James’s Square', postalCode: 'SW1Y', type: 'other' }],
        password: 'made-4-Ada',
      },
    ]);
    expect(result).toEqual({
      kind: 'created',
      account: { userId: server.users()[0]?.id, username: 'ada@example.com' },
      notApplied: ['username', 'gender', 'tags', 'offerings', 'role', 'permissions'],
    });
  });

  it('says that it has the person', async () => {
    await account(settings).createAccount(callWith());
    const there = { userId: server.users()[0]?.id, username: 'ada@example.com' };
    expect(await account(settings).createAccount(callWith(signupWith({ email: 'ADA@example.com' })))).toMatchObject({
      kind: 'duplicate',
      message: 'The userName is already taken',
      account: there,
    });
    expect(server.users()).toHaveLength(1);
  });

  it.each(['ada@example.com', 'ADA@Example.com', 'a+b%20&c=d#?@example.com', 'ä漢😀@example.com'])(
    'finds %s, and only it, among more than a page of others',
    async (email) => {
      for (let index = 0; index < 21; index++)
        await account(settings).createAccount(callWith(signupWith({ email: `${index}.${email}` })));
      const call = callWith(signupWith({ email }));
      expect(await account(settings).lookUp(call)).toEqual({ kind: 'absent' });
      await account(settings).createAccount(call);
      expect(await account(settings).lookUp(call)).toMatchObject({
        kind: 'exists',
        account: { userId: server.users().at(-1)?.id, username: email },
      });
    },
  );

  // Its filters do not read the escapes of a JSON string, which RFC 7644, 3.4.2.2 asks for: then only its refusal tells.
  it.each(['o"brien@example.com', 'o\\brien@example.com'])('makes nobody twice as %s', async (email) => {
    const call = callWith(signupWith({ email }));
    expect(await account(settings).createAccount(call)).toMatchObject({ kind: 'created' });
    expect(await account(settings).createAccount(call)).toMatchObject({ kind: 'duplicate' });
    expect((await account(settings).lookUp(call)).kind).not.toBe('exists');
    expect(server.users()).toHaveLength(1);
  });

  it('refuses another token', async () => {
    const wrong = account(settings, { token: 'another' });
    const refused = { kind: 'credentials-refused', message: 'The token is not accepted' };
    expect(await wrong.createAccount(callWith())).toEqual(refused);
    expect(await wrong.lookUp(callWith())).toEqual(refused);
    expect(await wrong.probe(AbortSignal.timeout(5000))).toEqual(refused);
    expect(await account(settings).probe(AbortSignal.timeout(5000))).toEqual({ kind: 'accepted' });
    expect(server.users()).toEqual([]);
  });

  it('proves nothing by the first page of a list that its owner does not filter', async () => {
    owner.filters = false;
    await account(settings).createAccount(callWith(signupWith({ email: 'eve@example.com' })));
    expect(await account(settings).lookUp(callWith())).toEqual({ kind: 'absent' });
    for (let index = 0; index < 20; index++)
      await account(settings).createAccount(callWith(signupWith({ email: `${index}@example.com` })));
    expect(await account(settings).lookUp(callWith())).toMatchObject({ kind: 'nobody-knows' });
  });
});

it('SCIMMY waits under a path that it does not have', async () => {
  const elsewhere = opened(connectTo(server.url.replace('/v2', '/v1')), { token });
  expect(await elsewhere.createAccount(callWith())).toMatchObject({ kind: 'not-done' });
});
