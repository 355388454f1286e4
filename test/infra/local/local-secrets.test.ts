import { describe, expect, test } from 'vitest';
import { checkConfig } from '../../../infra/config.ts';
import { localSecrets } from '../../../infra/local/local-secrets.ts';
import { platforms } from '../../../lambdas/platforms/registry.ts';

const config = checkConfig(
  {
    sources: { shop: { preset: 'standard-webhooks' }, crm: { preset: 'stripe-checkout' } },
    destinations: { classroom: { platform: 'electa', credentials: 'discard' } },
  },
  { stage: 'dev', file: 'dev.json', stages: [], simulated: true },
);
const real = { classroom: 'https://api30.school-network.net' };
const electa = { cid: '12345', appKey: 'UO86CN11XY73SF72TT40PG18ZE76VV71' };
const sort = (json: unknown, realVendors: Record<string, string> = {}) =>
  localSecrets(config, realVendors, { file: 'secrets.json', json }, platforms);

describe('the secrets of the stack on this machine', () => {
  test('sources that are not given get keys in the spelling of their scheme, new ones each time', () => {
    const first = localSecrets(config, {}, undefined, platforms);
    expect(first.sources.shop?.keys).toEqual([expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/)]);
    expect(first.sources.crm?.keys).toHaveLength(1);
    expect(localSecrets(config, {}, undefined, platforms)).not.toEqual(first);
    expect(first.destinations).toEqual({});
  });

  test('what is given is taken', () => {
    const keys = ['whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY='];
    const sorted = sort({ 'sources/shop': { keys }, 'destinations/classroom': electa }, real);
    expect(sorted.sources.shop).toEqual({ keys });
    expect(sorted.destinations.classroom).toEqual(electa);
  });

  test('a real vendor without credentials is refused, with the shape that is wanted', () => {
    expect(() => sort({}, real)).toThrow(
      /destinations\/classroom: is missing: it posts to https:\/\/api30\.school-network\.net, a real vendor.*\{"cid": "…", "appKey": "…"\}/s,
    );
  });

  test('every mistake is told at once, and no secret is repeated', () => {
    const attempt = () =>
      sort({
        'sources/nobody': {},
        'sources/shop': { keys: ['whsec_canary'] },
        'sources/crm': { keys: [] },
        'destinations/classroom': { cid: 'canary' },
      });
    expect(attempt).toThrow('secrets.json has 5 mistakes');
    expect(attempt).toThrow(
      'sources/nobody: is nothing in the config; there are sources/shop, sources/crm, destinations/classroom',
    );
    expect(attempt).toThrow('sources/shop.keys[0]: ');
    expect(attempt).toThrow('sources/crm.keys: must not be empty');
    expect(attempt).toThrow('destinations/classroom.appKey: is missing');
    expect(attempt).not.toThrow('canary');
  });

  test('something else than an object is told', () => {
    expect(() => sort([])).toThrow('must be a JSON object');
  });
});
