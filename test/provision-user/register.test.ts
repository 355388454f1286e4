import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { VendorAccount } from '../../lambdas/platforms/platform.ts';
import { config } from './config.ts';
import { record } from './records.ts';
import { mappedTo, signup, workerOf } from './worker.ts';

const told = z.object({ data: z.object({ outcome: z.string(), offering: z.nullable(z.string()) }) });

it('a registration that is repeated with new credentials goes by the new ones', async () => {
  const asked: string[] = [];
  let version = 'old';
  const accountOf = (key: string): VendorAccount => ({
    access: 'direct',
    createAccount: async () => ({ kind: 'created', account: { userId: '1' }, notApplied: [] }),
    register: async () => {
      asked.push(key);
      version = 'new';
      return key === 'new' ? { kind: 'registered' } : { kind: 'credentials-refused', message: 'no' };
    },
  });
  const secret = async () => ({ version, value: { key: version }, createdAt: 0 });
  const { handle, told: events } = workerOf({
    map: async () => mappedTo({ ...signup, offerings: ['algebra'] }),
    over: {
      config,
      platform: { credentials: 'none', canLookUp: false, canRegister: true },
      vendor: {
        prepare: ({ email }) => ({ kind: 'ready', personKey: email, loginName: email }),
        open: (value) => accountOf(z.parse(z.object({ key: z.string() }), value).key),
      },
      secrets: { current: secret, refreshed: secret, previous: async () => undefined },
    },
  });
  await handle({ Records: [record('ann')] });
  expect(asked).toEqual(['old', 'new']);
  expect(events.map((text) => told.parse(JSON.parse(text)).data)).toEqual([
    { outcome: 'created', offering: null },
    { outcome: 'created', offering: 'algebra' },
  ]);
});
