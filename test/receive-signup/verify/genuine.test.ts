import { describe, expect, test } from 'vitest';
import { verifierFor } from '../../../lambdas/receive-signup/verify/schemes.ts';
import { body, createWorld, now } from '../world.ts';
import { allSchemes, base64Key } from './deliveries.ts';

/** As the vendors' sheet publishes them, for `body`. */
const vectors: readonly [scheme: string, key: string, headers: Readonly<Record<string, string>>][] = [
  ['WooCommerce', 'whsecret', { 'x-wc-webhook-signature': 'M0qy/D7AV47eq3ekk/e97Opl/6fXaaxwzE5idDaaoUk=' }],
  ['Shopify', 'whsecret', { 'x-shopify-hmac-sha256': 'M0qy/D7AV47eq3ekk/e97Opl/6fXaaxwzE5idDaaoUk=' }],
  ['Typeform', 'whsecret', { 'typeform-signature': 'sha256=M0qy/D7AV47eq3ekk/e97Opl/6fXaaxwzE5idDaaoUk=' }],
  [
    'GitHub',
    'whsecret',
    { 'x-hub-signature-256': 'sha256=334ab2fc3ec0578edeab77a493f7bdecea65ffa7d769ac70cc4e6274369aa149' },
  ],
  [
    'Thinkific',
    'whsecret',
    { 'x-thinkific-hmac-sha256': '334ab2fc3ec0578edeab77a493f7bdecea65ffa7d769ac70cc4e6274369aa149' },
  ],
  [
    'Stripe',
    'whsec_test',
    { 'stripe-signature': 't=1768472430,v1=1615d848cbc05b83b760db4b03bc12a7906e8581c786686d1537525433c88577' },
  ],
  [
    'Standard Webhooks',
    base64Key,
    {
      'webhook-id': 'msg_test1',
      'webhook-timestamp': '1768472430',
      'webhook-signature': 'v1,Y5zZB+GV5b3xKlBaYeR/cZgmyeGpPz74UA+zaVifnWA=',
    },
  ],
];

test.each(vectors)("%s's published vector is genuine", (name, key, headers) => {
  const scheme = allSchemes.find((candidate) => candidate.name === name);
  if (scheme === undefined) throw new Error(`no scheme ${name}`);
  const verifier = verifierFor(scheme.verify);
  const reading = verifier.readKey(key);
  const inspection = verifier.inspect(
    { headers: new Map(Object.entries(headers)), mediaType: 'application/json', body: Buffer.from(body) },
    now,
  );
  expect(inspection.kind === 'signed' && 'bytes' in reading && inspection.matches([reading.bytes])).toBe(true);
});

describe.each(allSchemes)('$name', ({ verify, key, headers, sign }) => {
  const world = () =>
    createWorld(
      { shop: { verify, dedupeKey: ['body'], to: ['classroom'] } },
      { 'matriculate/test/sources/shop': [{ value: { keys: [key] } }] },
    );

  test('a genuine delivery is stored', async () => {
    const { post, sent } = world();
    expect((await post({ headers })).statusCode).toBe(202);
    expect(sent.map(({ message }) => Buffer.from(message.body, 'base64').toString())).toEqual([body]);
  });

  test('header names are taken in any case', async () => {
    const { post } = world();
    const shouted = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
    expect((await post({ headers: shouted })).statusCode).toBe(202);
  });

  test('bytes that are no text are verified as they are', async () => {
    const { post, sent } = world();
    const bytes = Uint8Array.of(0x7b, 0xff, 0x00, 0xfe, 0x7d);
    const answer = await post({ headers: { ...sign(bytes), 'Content-Type': 'application/vnd.own+json' }, body: bytes });
    expect(answer.statusCode).toBe(202);
    expect(sent[0]?.message.body).toBe(Buffer.from(bytes).toString('base64'));
  });

  test('an empty body is verified like any other', async () => {
    expect((await world().post({ headers: sign(''), body: '' })).statusCode).toBe(202);
  });
});
