import type { CheckedConfig } from '../../infra/checks/checked-config.ts';
import { checkConfig } from '../../infra/config.ts';

/** The public key of RFC 7517, appendix A.1. */
export const recipient = {
  kty: 'EC',
  crv: 'P-256',
  x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
  y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
  kid: 'mailer-1',
};

/** One shop and one Electa account: the smallest config there is. */
export const smallest = {
  $schema: './schema.json',
  alerts: { page: 'it@academy.example' },
  sources: { shop: { preset: 'woocommerce-order' } },
  destinations: {
    classroom: { platform: 'electa', loginUrl: 'https://academy.example/classroom', credentials: ['mailer'] },
  },
  recipients: { mailer: recipient },
};

/** Two of each, with everything written that can be. */
export const largest = {
  ...smallest,
  alerts: { page: 'it@academy.example', notify: 'https://hooks.academy.example/alerts' },
  sources: {
    shop: {
      preset: 'woocommerce-order',
      to: ['classroom', { destination: 'academy', when: 'total != "0.00"', set: { tags: ['shop'] } }],
      quietAfter: '3d',
    },
    'own-site': {
      verify: { scheme: 'hmac', header: 'X-Signature' },
      dedupeKey: ['/id'],
      mapping: { email: 'email', firstName: 'first', lastName: 'last' },
      sample: { id: 1, email: 'ada@example.com', first: 'Ada', last: 'Lovelace' },
      to: ['academy'],
    },
  },
  destinations: {
    ...smallest.destinations,
    academy: {
      platform: 'digitalchalk-soap',
      url: 'https://academy.digitalchalk.com/dc/api/v4',
      credentials: 'discard',
      maximumConcurrency: 5,
      batchSize: 4,
      giveUpAfter: '13d',
      keep: '30d',
    },
  },
  subscribers: ['111122223333'],
  account: '444455556666',
  region: 'eu-central-1',
  domain: {
    name: 'signups.academy.example',
    certificate: 'arn:aws:acm:eu-central-1:444455556666:certificate/c5a1e0b0-0000-4000-8000-000000000000',
  },
  ingestConcurrency: 100,
};

/** @throws ConfigError with every mistake */
export const check = (
  json: unknown,
  stage = 'prod',
  simulated = false,
  stages: readonly string[] = ['dev', 'prod'],
): CheckedConfig => checkConfig(json, { stage, file: `${stage}.json`, stages, simulated });
