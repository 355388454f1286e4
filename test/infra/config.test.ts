import { describe, expect, it } from 'vitest';
import { ConfigError, showMistake } from '../../infra/checks/mistakes.ts';
import { check, largest, recipient, smallest } from './example-config.ts';

/** Every mistake, as it is printed. */
function mistakesIn(json: unknown, stage?: string, stages?: readonly string[]): string[] {
  try {
    check(json, stage, false, stages);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes.map(showMistake);
    throw error;
  }
  return [];
}

const source = (changes: object) => ({ ...smallest, sources: { shop: { ...smallest.sources.shop, ...changes } } });

const destination = (changes: object) => ({
  ...smallest,
  destinations: { classroom: { ...smallest.destinations.classroom, ...changes } },
});

it('takes no certificate of another region or account, which API Gateway would refuse in the middle of a deployment', () => {
  const { domain } = largest;
  expect(mistakesIn({ ...largest, region: 'eu-west-1', account: '111122223333' })).toEqual([
    expect.stringMatching(/^domain.certificate: is in eu-central-1, and the stack in eu-west-1/),
    expect.stringMatching(/^domain.certificate: is the account 444455556666’s, and the stack 111122223333’s/),
  ]);
  expect(mistakesIn({ ...smallest, domain })).toEqual([]);
});

describe('a config that is right', () => {
  it.each(['woocommerce-order', 'standard-webhooks'])('may be five lines long, with the preset %s', (preset) => {
    const { sources, destinations } = check({ ...smallest, sources: { shop: { preset } } });
    expect(sources.shop?.to).toEqual([{ destination: 'classroom', when: undefined, set: {} }]);
    expect(destinations.classroom).toMatchObject({
      duplicates: 'refused',
      roles: ['student'],
      maximumConcurrency: 2,
      batchSize: 10,
      giveUpAfterMs: 72 * 3_600_000,
      keepDays: 90,
      retired: false,
    });
  });

  it('has nothing wrong with it when everything is written that can be', () => {
    expect(mistakesIn(largest)).toEqual([]);
  });

  it('takes the key of the notified from the paged, where nobody else is named', () => {
    expect(check(smallest).alerts).toEqual({ page: 'it@academy.example', notify: 'it@academy.example' });
  });

  it('replaces a preset one key by one, and leaves the others', () => {
    const { sources } = check(source({ dedupeKey: ['/number'] }));
    expect(sources.shop).toMatchObject({ dedupeKey: ['/number'], verify: { scheme: 'woocommerce' } });
  });

  it('warns of a destination that nobody sends to', () => {
    const { classroom } = smallest.destinations;
    const { warnings } = check({ ...source({ to: ['classroom'] }), destinations: { classroom, spare: classroom } });
    expect(warnings).toEqual(['destinations.spare: no source sends to it']);
  });

  it('says what its platforms warn of', () => {
    expect(check(largest).warnings.join()).toMatch(/academy.*Sunset/);
  });
});

it('tells ten mistakes in ten messages, each with its path, in one go', () => {
  const json = {
    ...smallest,
    alert: { page: 'it@academy.example' },
    sources: {
      shop: { preset: 'woocomerce-order' },
      Blog: { preset: 'standard-webhooks' },
      form: {
        preset: 'standard-webhooks',
        mapping: { email: 'email', firstName: 'name(', lastName: 'name' },
        to: ['classroom', 'clasroom'],
      },
    },
    destinations: {
      classroom: { platform: 'electa', credentials: ['mailer', 'nobody'], giveUpAfter: '14d', batchsize: 5 },
    },
    recipients: { mailer: { ...recipient, x: '…' } },
    subscribers: ['1234'],
  };
  expect(mistakesIn(json).map((mistake) => mistake.split(':')[0])).toEqual([
    'sources.Blog',
    'sources.form.mapping.firstName',
    'destinations.classroom.giveUpAfter',
    'recipients.mailer',
    'subscribers[0]',
    'alert',
    'sources.shop.preset',
    'sources.form.to[1]',
    'destinations.classroom.batchsize',
    'destinations.classroom.credentials[1]',
  ]);
});

it('says one thing about a placeholder in a recipient’s key', () => {
  const [mistake, ...others] = mistakesIn({ ...smallest, recipients: { mailer: { ...recipient, x: '…', y: '…' } } });
  expect(mistake).toMatch(/^recipients\.mailer: .*npm run recipient/);
  expect(others).toEqual([]);
});

describe('what is refused', () => {
  const wrong: [string, object, RegExp][] = [
    ['nobody to page', { ...smallest, alerts: undefined }, /^alerts: is missing; say whom to page/],
    ['no source', { ...smallest, sources: {} }, /^sources: is empty/],
    [
      'a source with a stage’s name',
      { ...smallest, sources: { dev: smallest.sources.shop } },
      /^sources\.dev: .*stage/,
    ],
    [
      'a source without a preset and without the rest',
      { ...smallest, sources: { shop: {} } },
      /^sources\.shop\.verify:/,
    ],
    ['an expression that may not be used', source({ accept: '$eval("1")' }), /^sources\.shop\.accept: at character/],
    [
      'a dedupe key that nobody signed',
      source({ dedupeKey: ['webhook-id'] }),
      /^sources\.shop\.dedupeKey\[0\]: .*not signed/,
    ],
    ['a dedupe key that is no pointer', source({ dedupeKey: ['id'] }), /^sources\.shop\.dedupeKey\[0\]: must be/],
    [
      'a week and a day of silence',
      source({ quietAfter: '8d' }),
      /^sources\.shop\.quietAfter: must be between 1h and 7d/,
    ],
    [
      'a mapping without a name',
      source({ mapping: { email: 'email', firstName: 'a' } }),
      /^sources\.shop\.mapping\.lastName: is missing/,
    ],
    ['the same destination twice', source({ to: ['classroom', 'classroom'] }), /^sources\.shop\.to\[1\]: .*twice/],
    [
      'a constant that is no field',
      source({ to: [{ destination: 'classroom', set: { nmae: 'x' } }] }),
      /^sources\.shop\.to\[0\]\.set: unknown field nmae/,
    ],
    [
      'a constant role that is not given there',
      source({ to: [{ destination: 'classroom', set: { role: 'administrator' } }] }),
      /^sources\.shop\.to\[0\]\.set\.role:/,
    ],
    [
      'offerings where nobody can be registered',
      source({ to: [{ destination: 'classroom', set: { offerings: ['12'] } }] }),
      /^sources\.shop\.to\[0\]\.set\.offerings: .*no call/,
    ],
    [
      'a platform that is not there',
      destination({ platform: 'moodle' }),
      /^destinations\.classroom\.platform: .*electa/,
    ],
    [
      'no word on credentials',
      destination({ credentials: undefined }),
      /^destinations\.classroom\.credentials: is missing/,
    ],
    [
      'a vendor address without TLS',
      destination({ url: 'http://electa.example' }),
      /^destinations\.classroom\.url: must be an https/,
    ],
    [
      'a vendor address with a password in it',
      destination({ url: 'https://a:b@electa.example' }),
      /^destinations\.classroom\.url:/,
    ],
    [
      'one worker, which SQS does not allow',
      destination({ maximumConcurrency: 1 }),
      /^destinations\.classroom\.maximumConcurrency: must be at least 2/,
    ],
    [
      'a rate limit that leaves a worker no time for a call’s five requests',
      destination({ platform: 'digitalchalk-rest', maximumConcurrency: 9 }),
      /^destinations\.classroom\.requestsPerSecond: of 2 leaves each of 9 workers .* at least 2\.25, or the workers fewer/,
    ],
    [
      'a duration that is none',
      destination({ giveUpAfter: '3 days' }),
      /^destinations\.classroom\.giveUpAfter: is no duration/,
    ],
    [
      'the only destination retired, and named',
      { ...source({ to: ['classroom'] }), destinations: destination({ retired: true }).destinations },
      /^sources\.shop\.to: every destination/,
    ],
    [
      'the only destination retired, and not named',
      destination({ retired: true }),
      /^sources\.shop\.to: leads to nobody.*retire the source too/,
    ],
    ['a preset that every object has', source({ preset: 'constructor' }), /^sources\.shop\.preset: there is no preset/],
    [
      'a platform that every object has',
      destination({ platform: 'toString' }),
      /^destinations\.classroom\.platform: there is no platform/,
    ],
    [
      'a destination that every object has',
      source({ to: ['constructor'] }),
      /^sources\.shop\.to\[0\]: there is no destination "constructor"/,
    ],
    [
      'a source with the one name that zod passes over',
      { ...smallest, sources: JSON.parse('{"__proto__":{"preset":"thinkific"}}') },
      /^sources\.__proto__: is no id/,
    ],
    [
      'webhook-id under a scheme that may sign it',
      source({
        verify: { scheme: 'hmac', header: 'X-Sig', message: '{header:webhook-id}.{body}' },
        dedupeKey: ['webhook-id'],
      }),
      /^sources\.shop\.dedupeKey\[0\]: webhook-id can tell deliveries apart under standard-webhooks only/,
    ],
    [
      'a retired destination that no source names any more',
      {
        ...source({ to: ['classroom'] }),
        destinations: {
          ...destination({}).destinations,
          old: { platform: 'electa', credentials: 'discard', retired: true },
        },
      },
      /^destinations\.old\.retired: no source names old.*keep it in the sources' "to"/,
    ],
    [
      'a private key among the recipients',
      { ...smallest, recipients: { mailer: { ...recipient, d: 'x' } } },
      /^recipients\.mailer\.d: /,
    ],
    ['no object at all', [], /^\(the whole file\): must be an object/],
  ];
  it.each(wrong)('%s', (_, json, message) => {
    expect(mistakesIn(json)).toContainEqual(expect.stringMatching(message));
  });

  it('two destinations and a source that names none', () => {
    const { to: _, ...shop } = largest.sources.shop;
    const told = mistakesIn({ ...largest, sources: { ...largest.sources, shop } });
    expect(told).toEqual([expect.stringMatching(/^sources\.shop\.to: is missing; say which of classroom, academy/)]);
  });

  it('a destination whose function’s name Lambda would refuse', () => {
    const destinations = { ['a'.repeat(31)]: smallest.destinations.classroom };
    expect(mistakesIn({ ...smallest, destinations }, 'production1')).toEqual([expect.stringMatching(/too long/)]);
  });
});

describe('an id that would make a name of something else', () => {
  const { shop } = smallest.sources;
  const { classroom } = smallest.destinations;
  const told = (stage: string, ids: { readonly source?: string; readonly destination?: string }): string[] => {
    const { source: sourceId = 'shop', destination: destinationId = 'classroom' } = ids;
    const json = { ...smallest, sources: { [sourceId]: shop }, destinations: { [destinationId]: classroom } };
    return mistakesIn(json, stage, ['qa', 'qa-eu', 'qa-provision-us']);
  };

  it.each(['classroom-dlq', 'dlq', 'welcome-mailer'])(
    'is refused where it is that of another queue: %s',
    (destination) => {
      expect(told('qa-eu', { destination })).toEqual([expect.stringMatching(/^destinations\..*: .*another queue/)]);
    },
  );

  it('is refused where another stage would make it too', () => {
    const shared = /would share names in the cloud with the stage qa-/;
    expect(told('qa', { destination: 'eu-classroom' })).toEqual([expect.stringMatching(shared)]);
    expect(told('qa', { source: 'eu-shop' })).toEqual([expect.stringMatching(shared)]);
    // Its function is matriculate-qa-provision-us-receive-signup, and so is that stage's own.
    expect(told('qa', { destination: 'us-receive-signup' })).toEqual([expect.stringMatching(shared)]);
  });

  it('is left alone where it only looks like one', () => {
    expect(told('qa', { source: 'europe', destination: 'eur-classroom' })).toEqual([]);
    expect(told('qa-eu', { source: 'eu-shop', destination: 'eu-classroom' })).toEqual([]);
    expect(told('qa-eu', { source: 'shop-dlq', destination: 'dlq-classroom' })).toEqual([]);
  });
});

it.each([
  ['named', { to: ['classroom'] }],
  ['not named', {}],
])('takes a retired source whose only destination is retired, too, and %s', (_, to) => {
  const retired = { ...smallest, sources: { shop: { ...smallest.sources.shop, ...to, retired: true } } };
  expect(mistakesIn({ ...retired, destinations: destination({ retired: true }).destinations })).toEqual([]);
});

it('needs nobody to page in dev', () => {
  expect(mistakesIn({ ...smallest, alerts: undefined }, 'dev')).toEqual([]);
});

it('never repeats a value in a message', () => {
  const told = mistakesIn({
    ...smallest,
    recipients: { mailer: { ...recipient, x: 'c4n4ry' } },
    subscribers: ['c4n4ry'],
  });
  expect(told).toHaveLength(2);
  expect(told.join()).not.toContain('c4n4ry');
});
