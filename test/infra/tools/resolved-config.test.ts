import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkConfig } from '../../../infra/config.ts';
import { resolvedConfig } from '../../../infra/tools/resolved-config.ts';

const examples = join(import.meta.dirname, '../../../infra/config/examples');
const options = { stage: 'prod', file: 'prod.json', stages: ['prod'] };
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

test.each(readdirSync(examples).filter((name) => name.endsWith('.json')))(
  '%s, filled in, is a config that means the same',
  async (name) => {
    const { recipients: _none, ...written } = JSON.parse(
      readFileSync(join(examples, name), 'utf8').replaceAll('["mailer"]', '"discard"'),
    );
    const config = await checkConfig({ ...written, subscribers: ['123456789012'], region: 'eu-central-1' }, options);
    const again = await checkConfig(plain(resolvedConfig(config)), options);
    const comparable = ({ sources, destinations, ...rest }: typeof config) => ({
      ...rest,
      sources: plain(sources),
      destinations: Object.values(destinations).map((destination) => ({ ...destination, urlWritten: true })),
    });
    expect(comparable(again)).toEqual(comparable(config));
  },
);

test('a preset’s part, defaults and durations are written out', async () => {
  const config = await checkConfig(
    {
      alerts: { page: 'it@academy.example' },
      sources: { shop: { preset: 'woocommerce-order', quietAfter: '36h' } },
      destinations: { classroom: { platform: 'electa', credentials: 'discard', giveUpAfter: '90m' } },
    },
    options,
  );
  expect(plain(resolvedConfig(config))).toMatchObject({
    sources: {
      shop: {
        verify: { scheme: 'woocommerce' },
        dedupeKey: ['/id'],
        to: ['classroom'],
        quietAfter: '36h',
        retired: false,
      },
    },
    destinations: {
      classroom: { giveUpAfter: '90m', keep: '90d', roles: ['student'], duplicates: 'refused', batchSize: 10 },
    },
  });
});
