import { describe, expect, it } from 'vitest';
import { callWith, signupWith } from '../vendor-call.ts';
import { answering, bench, connectTo, opened, token } from './simulated.ts';

const user = (...tags: string[]) => ({ body: JSON.stringify({ id: 'u1', email: 'ada@example.com', tags }) });
const tagged = (...tags: string[]) => callWith(signupWith({ tags }));

describe('tags of an account that was there before', () => {
  it('are added to those that it has', async () => {
    const { running, account } = await bench();
    await account.createAccount(tagged('old'));
    const [made] = running.accounts();
    expect(await account.addTags({ ...tagged('new', 'OLD'), account: { userId: made?.userId } })).toEqual({
      kind: 'added',
    });
    expect(running.accounts()).toMatchObject([{ ...made, fields: { tags: 'old new' } }]);
  });

  it('are added by the address where nobody told the id', async () => {
    const { running, account } = await bench();
    await account.createAccount(callWith());
    expect(await account.addTags({ ...tagged('new'), account: {} })).toEqual({ kind: 'added' });
    expect(running.accounts()[0]?.fields.tags).toBe('new');
  });

  it('are left alone where none is missing', async () => {
    const { running, account } = await bench();
    await account.createAccount(tagged('old'));
    expect(await account.addTags({ ...tagged('old'), account: {} })).toEqual({ kind: 'added' });
    expect(running.counts()).not.toHaveProperty('PUT /users/{id}');
  });

  it('are not added to somebody else', async () => {
    const { running, account } = await bench();
    await account.createAccount(callWith(signupWith({ email: 'eve@example.com' })));
    const userId = running.accounts()[0]?.userId;
    expect(await account.addTags({ ...tagged('new'), account: { userId } })).toMatchObject({ kind: 'rejected' });
    expect(running.accounts()[0]?.fields.tags).toBe('');
  });

  it('are not added to nobody', async () => {
    const { account } = await bench();
    expect(await account.addTags({ ...tagged('new'), account: {} })).toMatchObject({ kind: 'rejected' });
    expect(await account.addTags({ ...tagged('new'), account: { userId: 'gone' } })).toMatchObject({
      kind: 'not-done',
    });
  });

  it('are not said to be added by a vendor that is busy', async () => {
    const { running, account } = await bench();
    await account.createAccount(callWith());
    running.arm({ weather: 'http-503', operation: 'PUT /users/{id}' });
    expect(await account.addTags({ ...tagged('new'), account: {} })).toMatchObject({ kind: 'not-done' });
  });

  it.each(['reply-lost', 'request-lost', 'http-500', 'maintenance-page'] as const)(
    'are read again, and sent once more where they are missing, in %s',
    async (weather) => {
      const { running, account } = await bench();
      await account.createAccount(callWith());
      running.arm({ weather, operation: 'PUT /users/{id}' });
      expect(await account.addTags({ ...tagged('new'), account: {} })).toEqual({ kind: 'added' });
      expect(running.accounts()[0]?.fields.tags).toBe('new');
      expect(running.counts()['PUT /users/{id}']).toBe(1);
    },
  );

  it.each([200, 201, 204])(
    'are added where the vendor says so by %i: what it has then is what counts',
    async (status) => {
      const { url } = await answering(user('a'), { status }, user('a', 'new'));
      const { addTags } = opened(connectTo(url), { token });
      expect(await addTags({ ...tagged('new'), account: { userId: 'u1' } })).toEqual({ kind: 'added' });
    },
  );

  it('of three orders at once of one person are all added', async () => {
    const { running, account, vendor } = await bench({ latencyMs: 5 });
    await account.createAccount(callWith());
    const ways = [account, account, opened(vendor, running.secret)];
    const added = ['algebra', 'biology', 'chemistry'].map((tag, index) =>
      (ways[index] ?? account).addTags({ ...tagged(tag), account: {} }),
    );
    expect(await Promise.all(added)).toEqual([{ kind: 'added' }, { kind: 'added' }, { kind: 'added' }]);
    expect(running.accounts()[0]?.fields.tags).toBe('algebra biology chemistry');
  });

  it('that somebody else’s change took away again are added once more', async () => {
    const { url, asked } = await answering(
      user('a'),
      { status: 204 },
      user('a', 'theirs'),
      { status: 204 },
      user('a', 'theirs', 'new'),
    );
    const { addTags } = opened(connectTo(url), { token });
    expect(await addTags({ ...tagged('new'), account: { userId: 'u1' } })).toEqual({ kind: 'added' });
    expect(asked.filter((each) => each.startsWith('PUT')).map((each) => each.split('\n').at(-1))).toEqual([
      '{"tags":["a","new"]}',
      '{"tags":["a","theirs","new"]}',
    ]);
  });

  it('that the user does not have after a second time are not said to be added', async () => {
    const { url, asked } = await answering(user(), { status: 204 }, user(), { status: 204 }, user());
    const { addTags } = opened(connectTo(url), { token });
    expect(await addTags({ ...tagged('new'), account: { userId: 'u1' } })).toMatchObject({ kind: 'not-done' });
    expect(asked).toHaveLength(5);
  });

  it('leave the address of the API by no id', async () => {
    const { url, asked } = await answering({ status: 404 });
    await opened(connectTo(url), { token }).addTags({ ...tagged('new'), account: { userId: '../../admin?x#y' } });
    expect(asked[0]).toMatch(/^GET \/dc\/api\/v5\/users\/\.\.%2F\.\.%2Fadmin%3Fx%23y\n/);
  });
});
