import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkConfig } from '../../../infra/config.ts';
import { presets } from '../../../infra/presets/registry.ts';
import { createMapper } from '../../../lambdas/signups/map-signup.ts';

const folder = join(import.meta.dirname, '../../../infra/config/examples');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace('.json', ''));

const check = (name: string) => {
  const json = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const recipients = { mailer: { ...publicKey.export({ format: 'jwk' }), kid: 'mailer-1' } };
  return checkConfig({ ...json, recipients }, { stage: 'prod', file: `${name}.json`, stages: ['dev', 'prod'] });
};

test('each preset has an example of its name', () => {
  expect(names).toEqual(expect.arrayContaining(Object.keys(presets)));
});

test.each(names)('%s.json is right as soon as its recipient has a key', async (name) => {
  const { sources } = await check(name);
  for (const { accept, mapping, sample, to } of Object.values(sources)) {
    const routes = to.map(({ when, set }) => createMapper({ accept, mapping, when, set }));
    const mapped = await Promise.all(routes.map((map) => map(Buffer.from(JSON.stringify(sample)))));
    expect(mapped.map(({ kind }) => kind)).toContain('signup');
  }
});

test('the shop’s orders go where their SKUs’ prefixes say', async () => {
  const { sources } = await check('woocommerce-order');
  const shop = sources.shop;
  if (shop === undefined) throw new Error('the example has no shop');
  const destinationsOf = async (...skus: string[]) => {
    const order = { ...Object(shop.sample), line_items: skus.map((sku) => ({ sku })) };
    const results = shop.to.map(async ({ destination, when, set }) => {
      const map = createMapper({ accept: shop.accept, mapping: shop.mapping, when, set });
      const mapped = await map(Buffer.from(JSON.stringify(order)));
      return mapped.kind === 'signup' ? [destination] : [];
    });
    return (await Promise.all(results)).flat();
  };
  expect(await destinationsOf('LIVE-1', '')).toEqual(['classroom']);
  expect(await destinationsOf('COURSE-1')).toEqual(['library']);
  expect(await destinationsOf('COURSE-1', 'LIVE-1')).toEqual(['classroom', 'library']);
  expect(await destinationsOf('MUG-1', '')).toEqual([]);
});
