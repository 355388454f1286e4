import { describe, expect, it } from 'vitest';
import { mapMessage, readLedgerKey } from '../../lambdas/provision-user/bodies.ts';
import type { Mapped } from '../../lambdas/signups/map-signup.ts';
import { createSealer } from '../../lambdas/signups/sealing.ts';
import { delivery } from './signup-items.ts';
import { mappedTo, signup, workerOf } from './worker.ts';

const { message } = delivery();
const sealer = createSealer('the key of the ledger', 'kept bodies');
const map = (undedupable: string | undefined, to: Mapped) =>
  mapMessage({ ...message, ...(undedupable !== undefined && { undedupable }) }, 'key', sealer, async () => to);

describe('a delivery that can’t be told from another', () => {
  it('is rejected with the reason, though it maps well', async () => {
    expect(await map('/id: is missing', mappedTo(signup))).toMatchObject({
      kind: 'rejected',
      message: '/id: is missing',
    });
    expect(await map(undefined, mappedTo(signup))).toMatchObject({ kind: 'signup' });
  });

  it('is rejected with what its mapping finds, too', async () => {
    const wrong: Mapped = { kind: 'rejected', message: 'email: is missing', content: 'wrong' };
    expect(await map('/id: is missing', wrong)).toMatchObject({ message: '/id: is missing; email: is missing' });
  });

  it('is ignored where it is no signup', async () => {
    const ignored: Mapped = { kind: 'ignored', why: 'accept' };
    expect(await map('/id: is missing', ignored)).toEqual(ignored);
  });
});

it('what a signup says is noted under the ledger’s key, and differs where it does', async () => {
  const content = async (text: string, key: string) => {
    const mapped = await mapMessage(message, key, sealer, async () => ({ ...mappedTo(signup), content: text }));
    return mapped.kind === 'ignored' ? undefined : mapped.content;
  };
  expect(await content('ada', 'key')).toMatch(/^[\w-]{43}$/);
  const all = [await content('ada', 'key'), await content('eve', 'key'), await content('ada', 'another')];
  expect(new Set(all).size).toBe(3);
});

it.each([undefined, null, 'key', {}, { key: '' }, { key: 1 }])(
  'a ledger’s secret of %j holds no key, and the error says which secret it is',
  async (value) => {
    const current = async () => ({ version: 'v1', value, createdAt: 0 });
    const { deps } = workerOf({ over: { secrets: { current, refreshed: current, previous: async () => undefined } } });
    await expect(readLedgerKey(deps)).rejects.toThrow('the secret matriculate/prod/ledger holds no {"key": "…"}');
  },
);
