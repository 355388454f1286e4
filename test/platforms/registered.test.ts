import { describe, expect, it } from 'vitest';
import { registered } from '../../lambdas/platforms/registered.ts';
import { platforms } from '../../lambdas/platforms/registry.ts';
import { settings } from '../../lambdas/platforms/scim/settings.ts';
import { traits } from '../../lambdas/platforms/scim/traits.ts';

const destination = { url: 'http://127.0.0.1:1', duplicates: 'refused' } as const;
const tools = { now: () => 0 };

describe.each(Object.entries(platforms))('%s', (_name, platform) => {
  it('is connected with its defaults where a config says nothing', async () => {
    expect(await platform.connect({ ...destination, settings: {} }, tools)).toHaveProperty('prepare');
  });

  it('is not connected with a key that its schema does not know', async () => {
    await expect(platform.connect({ ...destination, settings: { nonsense: 1 } }, tools)).rejects.toThrow('nonsense');
  });
});

it('an adapter gets its own keys complete, and the rest of the destination as it was', async () => {
  const seen: unknown[] = [];
  const platform = registered({
    settings,
    adapter: async () => ({
      traits,
      connect: (bound) => {
        seen.push(bound);
        return { prepare: () => ({ kind: 'rejected', message: '' }), open: () => ({ problem: '' }) };
      },
    }),
    simulator: platforms.scim.simulator,
  });
  await platform.connect({ ...destination, settings: { search: 'post' } }, tools);
  expect(seen).toEqual([{ ...destination, settings: { ...settings.schema.parse({}), search: 'post' } }]);
});
