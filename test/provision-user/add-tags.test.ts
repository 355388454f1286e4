import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { AccountCalls, AddTagsResult } from '../../lambdas/platforms/platform.ts';
import { record } from './records.ts';
import { mappedTo, signup, workerOf } from './worker.ts';

const told = z.object({ data: z.object({ outcome: z.string(), notApplied: z.array(z.string()) }) });
const missing = { account: { userId: '1' }, notApplied: ['tags', 'phone'] };

/** What is told of a person who was there before and lacks tags. @param accountOf the vendor's account for a version of the secret */
async function toldOf(accountOf: (version: string) => Partial<AccountCalls>, versions: () => string = () => 'v1') {
  const secret = async () => ({ version: versions(), value: { key: versions() }, createdAt: 0 });
  const { handle, told: events } = workerOf({
    map: async () => mappedTo({ ...signup, tags: ['new'] }),
    over: {
      vendor: {
        prepare: ({ email }) => ({ kind: 'ready', personKey: email, loginName: email }),
        open: (value) => ({
          access: 'direct',
          createAccount: async () => ({ kind: 'duplicate', message: 'there', ...missing }),
          ...accountOf(z.parse(z.object({ key: z.string() }), value).key),
        }),
      },
      secrets: { current: secret, refreshed: secret, previous: async () => undefined },
    },
  });
  await handle({ Records: [record('ann')] });
  return events.map((text) => told.parse(JSON.parse(text)).data);
}

describe('tags of a person who was there before', () => {
  it('are not told as left out where the vendor took them', async () => {
    const account = { addTags: async (): Promise<AddTagsResult> => ({ kind: 'added' }) };
    expect(await toldOf(() => account)).toEqual([{ outcome: 'existing', notApplied: ['phone'] }]);
  });

  it.each(['not-done', 'rejected', 'credentials-refused', 'nobody-knows'] as const)(
    'are told as left out, and keep nothing from its end, where adding them is %s',
    async (kind) => {
      const account = { addTags: async (): Promise<AddTagsResult> => ({ kind, message: 'no' }) };
      expect(await toldOf(() => account)).toEqual([{ outcome: 'existing', notApplied: ['tags', 'phone'] }]);
    },
  );

  it('are told as left out where the vendor has no call for them', async () => {
    expect(await toldOf(() => ({}))).toEqual([{ outcome: 'existing', notApplied: ['tags', 'phone'] }]);
  });

  it('are added by the credentials that replaced refused ones', async () => {
    let version = 'old';
    const asked: string[] = [];
    const accountOf = (key: string) => ({
      createAccount: async () => {
        version = 'new';
        if (key === 'old') return { kind: 'credentials-refused', message: 'no' } as const;
        return { kind: 'duplicate', message: 'there', ...missing } as const;
      },
      addTags: async (): Promise<AddTagsResult> => {
        asked.push(key);
        return { kind: 'added' };
      },
    });
    expect(await toldOf(accountOf, () => version)).toEqual([{ outcome: 'existing', notApplied: ['phone'] }]);
    expect(asked).toEqual(['new']);
  });
});
