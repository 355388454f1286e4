import { describe, expect, it } from 'vitest';
import { provisionUserConfig, receiveSignupConfig, signupStatusConfig } from '../../infra/function-configs.ts';
import { productionTimeLimits } from '../../infra/time-limits.ts';
import { check, largest, recipient, smallest } from './example-config.ts';

const worker = (json: unknown, id: string) => provisionUserConfig(check(json), id, productionTimeLimits);

describe('receive-signup', () => {
  it('knows how a source signs, what makes a delivery the same, and where it goes', () => {
    expect(receiveSignupConfig(check(smallest))).toEqual({
      stage: 'prod',
      sources: { shop: { verify: { scheme: 'woocommerce' }, dedupeKey: ['/id'], to: ['classroom'] } },
    });
  });

  it('sends nothing to a retired destination', () => {
    const { classroom } = smallest.destinations;
    const destinations = { classroom, old: { ...classroom, retired: true } };
    expect(receiveSignupConfig(check({ ...smallest, destinations })).sources.shop?.to).toEqual(['classroom']);
  });

  it('does not know a retired source', () => {
    const sources = { ...smallest.sources, old: { preset: 'standard-webhooks', retired: true } };
    expect(Object.keys(receiveSignupConfig(check({ ...smallest, sources })).sources)).toEqual(['shop']);
  });
});

describe('a worker', () => {
  it('knows the sources that route to it, each with its own filter and constants', () => {
    const { sources } = worker(largest, 'academy');
    expect(Object.keys(sources)).toEqual(['shop', 'own-site']);
    expect(sources.shop).toMatchObject({ when: 'total != "0.00"', set: { tags: ['shop'] } });
    expect(sources['own-site']).toEqual({
      mapping: { email: 'email', firstName: 'first', lastName: 'last' },
      set: {},
    });
  });

  it('works on after its destination and its sources were retired', () => {
    const { classroom } = smallest.destinations;
    const destinations = { classroom, old: { ...classroom, retired: true } };
    const sources = { ...smallest.sources, gone: { preset: 'standard-webhooks', retired: true } };
    expect(Object.keys(worker({ ...smallest, destinations, sources }, 'old').sources)).toEqual(['shop', 'gone']);
  });

  it('has the public keys of its own recipients only', () => {
    const recipients = { ...smallest.recipients, other: { ...recipient, kid: 'other-1' } };
    expect(worker({ ...smallest, recipients }, 'classroom').destination.recipients).toEqual([recipient]);
  });

  it('has an empty list of recipients where credentials are discarded', () => {
    expect(worker(largest, 'academy').destination.recipients).toEqual([]);
  });

  it('calls the address that is written, else the vendor’s published one', () => {
    expect(worker(largest, 'academy').destination.url).toBe('https://academy.digitalchalk.com/dc/api/v4');
    expect(worker(largest, 'classroom').destination.url).toBe('https://api30.school-network.net');
  });

  it('calls a simulator only where no address is written', () => {
    const config = check(largest, 'prod', true);
    const vendorUrls = { classroom: 'http://127.0.0.1:1', academy: 'http://127.0.0.1:2' };
    const urlOf = (id: string) => provisionUserConfig(config, id, productionTimeLimits, vendorUrls).destination.url;
    expect(urlOf('classroom')).toBe('http://127.0.0.1:1');
    expect(urlOf('academy')).toBe('https://academy.digitalchalk.com/dc/api/v4');
    expect(() => provisionUserConfig(config, 'classroom', productionTimeLimits)).toThrow('classroom has no address');
  });
});

it('tells signup-status where each source’s signups are, retired destinations included', () => {
  const { classroom } = smallest.destinations;
  const destinations = { classroom, old: { ...classroom, retired: true } };
  expect(signupStatusConfig(check({ ...smallest, destinations })).sources).toEqual({
    shop: { to: ['classroom', 'old'] },
  });
});
