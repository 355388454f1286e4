import { afterAll, describe, expect, it } from 'vitest';
import { startAnsweringVendor } from '../answering-vendor.ts';
import { callWith } from '../vendor-call.ts';
import { bench, connectTo, opened } from './simulated.ts';

const vendor = await startAnsweringVendor();
afterAll(() => vendor.close());

/** The adapter where everything is answered so. */
function facing(status: number, body: unknown) {
  const headers = { 'content-type': 'application/scim+json' };
  vendor.answerWith({ status, headers, body: JSON.stringify(body) });
  return opened(connectTo(vendor.url), { token: 'token' });
}
const ada = { id: '2819c223', userName: 'ada@example.com' };

describe('a user', () => {
  it('was made where 201 says so, and by no other success', async () => {
    expect(await facing(201, ada).createAccount(callWith())).toMatchObject({ kind: 'created' });
    for (const status of [200, 202, 206])
      expect(await facing(status, ada).createAccount(callWith())).toMatchObject({ kind: 'nobody-knows' });
  });

  const inactive = 'the vendor made the user inactive';
  it.each([
    [true, undefined],
    ['true', undefined],
    [1, undefined],
    [null, undefined],
    [{}, undefined],
    ['not false', undefined],
    [false, inactive],
    ['False', inactive],
  ])('was made however its "active" is typed, and %j has the warning %s', async (told, warning) => {
    const result = await facing(201, { ...ada, active: told }).createAccount(callWith());
    expect(result).toMatchObject({ kind: 'created', account: { userId: ada.id } });
    expect(result).toHaveProperty('warning', warning);
  });

  it('can be made without a password', async () => {
    const { running, account } = await bench();
    expect(await account.createAccount({ ...callWith(), password: null })).toMatchObject({ kind: 'created' });
    expect(running.accounts()).toMatchObject([{ password: '' }]);
  });

  it('comes with everything that a person must look at', async () => {
    const { account } = await bench({ variants: { newUsers: 'inactive', userName: 'rewritten' } });
    expect(await account.createAccount(callWith())).toMatchObject({
      warning: 'the vendor made the user inactive; the vendor knows the user by another userName than was sent',
    });
  });
});

it('a look-up that the server refuses is told in its words', async () => {
  expect(await facing(400, { detail: 'no such filter' }).lookUp(callWith())).toEqual({
    kind: 'rejected',
    message: 'no such filter',
  });
});
