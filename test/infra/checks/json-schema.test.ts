import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configJsonSchema } from '../../../infra/checks/json-schema.ts';
import { configFolder } from '../../../infra/config.ts';
import { presets } from '../../../infra/presets/registry.ts';
import { platforms } from '../../../lambdas/platforms/registry.ts';
import { largest, smallest } from '../example-config.ts';

const written: unknown = JSON.parse(readFileSync(join(configFolder, 'schema.json'), 'utf8'));

it('is in the repo as it comes from the code; if not: npm run schema', () => {
  expect(written).toEqual(JSON.parse(JSON.stringify(configJsonSchema(platforms, Object.keys(presets)))));
});

describe('an editor that reads it', () => {
  const schema = z.fromJSONSchema(z.record(z.string(), z.json()).parse(written));

  it.each([
    ['the smallest', smallest],
    ['the largest', largest],
  ])('finds nothing wrong with %s config', (_, config) => {
    expect(schema.safeParse(config).error?.issues ?? []).toEqual([]);
  });

  it.each([
    ['a key that is none', { ...smallest, alert: {} }],
    ['a preset that is none', { ...smallest, sources: { shop: { preset: 'woocommerce' } } }],
    [
      'another platform’s key',
      { ...smallest, destinations: { a: { platform: 'electa', credentials: 'discard', colour: 1 } } },
    ],
    ['a destination without a word on credentials', { ...smallest, destinations: { a: { platform: 'electa' } } }],
  ])('underlines %s', (_, config) => {
    expect(schema.safeParse(config).success).toBe(false);
  });
});
