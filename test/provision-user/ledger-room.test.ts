import { describe, expect, it } from 'vitest';
import { roomProblem } from '../../lambdas/provision-user/ledger-room.ts';
import { eventSchema } from '../../lambdas/signups/event.ts';
import { record } from './records.ts';
import { mappedTo, signup, workerOf } from './worker.ts';

const offerings = (count: number, length = 20) =>
  Array.from({ length: count }, (_, index) => `${index}-`.padEnd(length, 'é'));
const context = { note: 'x'.repeat(4_000) };

describe('a signup’s steps', () => {
  it('have room for sixty offerings', () => {
    expect(roomProblem({ ...signup, offerings: offerings(60) })).toBeUndefined();
  });

  it('have none for a hundred offerings with a context of 4 KB, and what to do is said', () => {
    expect(roomProblem({ ...signup, offerings: offerings(100), context })).toMatch(
      /^offerings: 100 of them, each with 40\d\d bytes of person and context.*send fewer, or a shorter context$/,
    );
  });
});

const registering = { credentials: 'none', canLookUp: false, canRegister: true } as const;

it('a signup that would outgrow the ledger’s item is rejected before anything is called', async () => {
  const { handle, told, calls } = workerOf({
    map: async () => mappedTo({ ...signup, offerings: offerings(100), context }),
    over: { platform: registering },
  });
  await handle({ Records: [record('ada')] });
  expect(calls).toEqual([]);
  expect(told.map((text) => eventSchema.parse(JSON.parse(text)).data)).toMatchObject([
    { outcome: 'rejected', reason: { code: 'mapping', message: expect.stringContaining('offerings: 100') } },
  ]);
});

it('what just has room stays under DynamoDB’s 400 KB, the sealed body included', async () => {
  let count = 100;
  const fits = (offered: number) =>
    roomProblem({ ...signup, offerings: offerings(offered, 200), context }) === undefined;
  while (!fits(count)) count--;
  const register = async () => ({ kind: 'rejected', message: '漢'.repeat(500) }) as const;
  const { handle, ledger } = workerOf({
    map: async () => mappedTo({ ...signup, offerings: offerings(count, 200), context }),
    over: {
      platform: registering,
      vendor: {
        prepare: ({ email }) => ({ kind: 'ready', personKey: email, loginName: email }),
        open: () => ({
          access: 'direct',
          createAccount: async () => ({ kind: 'created', account: {}, notApplied: [] }),
          register,
        }),
      },
    },
  });
  await handle({ Records: [record('ada')] });
  const item = ledger.items.get('classroom#shop.ada');
  expect(item).toMatchObject({ steps: { length: count + 1 } });
  const sealed = Math.ceil((64 * 1024 * 16) / 9);
  expect(bytesOf(item) + sealed).toBeLessThan(400 * 1024);
});

/** As DynamoDB counts an item. */
function bytesOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value !== 'object' || value === null) return 21;
  return Object.entries(value).reduce((sum, [name, each]) => sum + 1 + Buffer.byteLength(name) + bytesOf(each), 3);
}
