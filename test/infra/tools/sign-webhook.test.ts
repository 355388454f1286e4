import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { makeSourceKey } from '../../../infra/tools/make-source-key.ts';
import { signWebhook } from '../../../infra/tools/sign-webhook.ts';
import { type Verify, verifySchema } from '../../../lambdas/receive-signup/config.ts';
import { verifierFor } from '../../../lambdas/receive-signup/verify/schemes.ts';

const body = Buffer.from('{"id":1001,"email":"ada@example.com","first_name":"Ada","last_name":"Lovelace"}');
const now = 1768472430_000;
const base64Key = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';

/** The vectors that the vendors' sheet gives for this body. */
const vectors: [Verify, string, Record<string, string>][] = [
  [{ scheme: 'woocommerce' }, 'whsecret', { 'x-wc-webhook-signature': 'M0qy/D7AV47eq3ekk/e97Opl/6fXaaxwzE5idDaaoUk=' }],
  [{ scheme: 'shopify' }, 'whsecret', { 'x-shopify-hmac-sha256': 'M0qy/D7AV47eq3ekk/e97Opl/6fXaaxwzE5idDaaoUk=' }],
  [{ scheme: 'typeform' }, 'whsecret', { 'typeform-signature': 'sha256=M0qy/D7AV47eq3ekk/e97Opl/6fXaaxwzE5idDaaoUk=' }],
  [
    { scheme: 'thinkific' },
    'whsecret',
    { 'x-thinkific-hmac-sha256': '334ab2fc3ec0578edeab77a493f7bdecea65ffa7d769ac70cc4e6274369aa149' },
  ],
  [
    { scheme: 'stripe' },
    'whsec_test',
    { 'stripe-signature': 't=1768472430,v1=1615d848cbc05b83b760db4b03bc12a7906e8581c786686d1537525433c88577' },
  ],
  [
    { scheme: 'standard-webhooks' },
    base64Key,
    {
      'webhook-id': 'msg_test1',
      'webhook-timestamp': '1768472430',
      'webhook-signature': 'v1,Y5zZB+GV5b3xKlBaYeR/cZgmyeGpPz74UA+zaVifnWA=',
    },
  ],
];

test.each(vectors)('signs as the published vector of %o', (verify, key, headers) => {
  expect(signWebhook({ verify, key, body, now, id: 'msg_test1' }).headers).toEqual(headers);
});

const schemes: Verify[] = [
  ...vectors.map(([verify]) => verify),
  { scheme: 'github' },
  { scheme: 'arlo' },
  { scheme: 'basic' },
  { scheme: 'static-header', header: 'x-secret' },
  z.parse(verifySchema, {
    scheme: 'hmac',
    header: 'X-Own',
    pattern: 't={timestamp};s={signature}',
    hash: 'sha512',
    encoding: 'base64url',
    keyEncoding: 'hex',
    message: 'v0:{header:x-own-id}:{timestamp}:{body}',
  }),
];

describe.each(schemes)('%o', (verify) => {
  const key = makeSourceKey(verify);
  const verifier = verifierFor(verify);
  const keyBytes = () => {
    const reading = verifier.readKey(key);
    if ('problem' in reading) throw new Error(reading.problem);
    return reading.bytes;
  };
  const inspect = (headers: Readonly<Record<string, string>>, sent: Uint8Array) => {
    const lower = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), value]);
    const inspection = verifier.inspect({ headers: new Map(lower), mediaType: 'application/json', body: sent }, now);
    return inspection.kind === 'signed' ? inspection.matches([keyBytes()]) : inspection.kind;
  };

  test('a made key is one, and what it signs is accepted by the receiver', () => {
    expect(inspect(signWebhook({ verify, key, body, now }).headers, body)).toBe(true);
  });

  test('another key is not accepted, and neither are more bytes where the bytes are signed', () => {
    const other = signWebhook({ verify, key: makeSourceKey(verify), body, now });
    expect(inspect(other.headers, body)).toBe(false);
    const signsBytes = verify.scheme !== 'basic' && verify.scheme !== 'static-header';
    const more = Buffer.concat([body, body]);
    expect(inspect(signWebhook({ verify, key, body, now }).headers, more)).toBe(!signsBytes);
  });
});

test('says what is signed and whether it grows old', () => {
  const stripe = signWebhook({ verify: { scheme: 'stripe' }, key: 'whsec_test', body, now });
  expect(stripe.message?.toString()).toBe(`1768472430.${body}`);
  expect(stripe.validForSeconds).toBe(300);
  expect(signWebhook({ verify: { scheme: 'github' }, key: 'k', body, now }).validForSeconds).toBeNull();
});

test('two deliveries have two ids', () => {
  const sign = () => signWebhook({ verify: { scheme: 'standard-webhooks' }, key: base64Key, body, now });
  expect(sign().headers['webhook-id']).not.toBe(sign().headers['webhook-id']);
});

test('a key that is none for the scheme is told without being repeated', () => {
  const sign = () => signWebhook({ verify: { scheme: 'standard-webhooks' }, key: 'tooshort', body, now });
  expect(sign).toThrow('the key has 6 bytes');
  expect(sign).not.toThrow('tooshort');
});
