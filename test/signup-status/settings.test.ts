import { expect, test } from 'vitest';
import { readSettings } from '../../lambdas/signup-status/settings.ts';

const config = { stage: 'prod', sources: { shop: { to: ['classroom'] } } };

test('reads the config and the table', () => {
  expect(readSettings(JSON.stringify(config), { TABLE_NAME: 'ledger' })).toEqual({ config, table: 'ledger' });
});

test('tells everything that is wrong at once', () => {
  const read = () => readSettings('{"stage": "prod"}', {});
  expect(read).toThrow(/TABLE_NAME: is not set/);
  expect(read).toThrow(/config\.json: .*sources/s);
});

test('says that the config is no JSON', () => {
  expect(() => readSettings('{', { TABLE_NAME: 'ledger' })).toThrow(/signup-status can't start:\nconfig\.json: /);
});
