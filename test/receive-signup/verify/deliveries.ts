import { createHmac } from 'node:crypto';
import { parse } from 'zod/mini';
import { type Verify, verifySchema } from '../../../lambdas/receive-signup/config.ts';
import { body, type Post } from '../world.ts';

/** A genuine delivery of one scheme, signed here by hand, so that the verifier is not its own judge. */
export interface Genuine {
  readonly name: string;
  readonly verify: Verify;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The header with the signature, or what stands for one. */
  readonly signatureHeader: string;
  /** The same signature over other bytes. */
  readonly sign: (bytes: string | Uint8Array, key?: string) => Readonly<Record<string, string>>;
}

export const base64Key = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
export const timestamp = '1768472430';

export const mac = (
  hash: string,
  key: string | Uint8Array,
  bytes: string | Uint8Array,
  encoding: 'hex' | 'base64' | 'base64url',
) => createHmac(hash, key).update(bytes).digest(encoding);

const joined = (prefix: string, bytes: string | Uint8Array) => Buffer.concat([Buffer.from(prefix), Buffer.from(bytes)]);

function genuine(
  name: string,
  verify: Verify,
  key: string,
  signatureHeader: string,
  sign: (bytes: string | Uint8Array, key: string) => Record<string, string>,
): Genuine {
  const signed = (bytes: string | Uint8Array, otherKey = key) => sign(bytes, otherKey);
  return { name, verify, key, signatureHeader, headers: signed(body), sign: signed };
}

export const standardWebhooks = genuine(
  'Standard Webhooks',
  { scheme: 'standard-webhooks' },
  `whsec_${base64Key}`,
  'webhook-signature',
  (bytes, key) => ({
    'webhook-id': 'msg_test1',
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${mac('sha256', Buffer.from(key.slice(6), 'base64'), joined(`msg_test1.${timestamp}.`, bytes), 'base64')}`,
  }),
);

export const woocommerce = genuine(
  'WooCommerce',
  { scheme: 'woocommerce' },
  'whsecret',
  'X-WC-Webhook-Signature',
  (bytes, key) => ({
    'X-WC-Webhook-Signature': mac('sha256', key, bytes, 'base64'),
  }),
);

export const shopify = genuine('Shopify', { scheme: 'shopify' }, 'whsecret', 'X-Shopify-Hmac-Sha256', (bytes, key) => ({
  'X-Shopify-Hmac-Sha256': mac('sha256', key, bytes, 'base64'),
}));

export const stripe = genuine('Stripe', { scheme: 'stripe' }, 'whsec_test', 'Stripe-Signature', (bytes, key) => ({
  'Stripe-Signature': `t=${timestamp},v1=${mac('sha256', key, joined(`${timestamp}.`, bytes), 'hex')}`,
}));

export const typeform = genuine('Typeform', { scheme: 'typeform' }, 'whsecret', 'Typeform-Signature', (bytes, key) => ({
  'Typeform-Signature': `sha256=${mac('sha256', key, bytes, 'base64')}`,
}));

export const github = genuine('GitHub', { scheme: 'github' }, 'whsecret', 'X-Hub-Signature-256', (bytes, key) => ({
  'X-Hub-Signature-256': `sha256=${mac('sha256', key, bytes, 'hex')}`,
}));

export const thinkific = genuine(
  'Thinkific',
  { scheme: 'thinkific' },
  'whsecret',
  'X-Thinkific-Hmac-Sha256',
  (bytes, key) => ({
    'X-Thinkific-Hmac-Sha256': mac('sha256', key, bytes, 'hex'),
  }),
);

export const arlo = genuine('Arlo', { scheme: 'arlo' }, base64Key, 'X-Arlo-Signature', (bytes, key) => ({
  'X-Arlo-Signature': mac('sha512', Buffer.from(key, 'base64'), bytes, 'base64'),
}));

/** Slack's way, told by configuration alone. */
export const generic = genuine(
  'generic HMAC',
  parse(verifySchema, {
    scheme: 'hmac',
    header: 'X-Own-Signature',
    pattern: 'v0={signature}',
    message: 'v0:{timestamp}:{body}',
    timestampHeader: 'X-Own-Timestamp',
  }),
  'whsecret-of-our-own',
  'X-Own-Signature',
  (bytes, key) => ({
    'X-Own-Timestamp': timestamp,
    'X-Own-Signature': `v0=${mac('sha256', key, joined(`v0:${timestamp}:`, bytes), 'hex')}`,
  }),
);

export const signingSchemes = [
  standardWebhooks,
  woocommerce,
  shopify,
  stripe,
  typeform,
  github,
  thinkific,
  arlo,
  generic,
];

export const staticHeader = genuine(
  'static header',
  { scheme: 'static-header', header: 'X-Api-Key' },
  'a-header-nobody-guesses',
  'X-Api-Key',
  (_, key) => ({ 'X-Api-Key': key }),
);

export const basic = genuine('Basic credentials', { scheme: 'basic' }, 'shop:pass:wörd', 'Authorization', (_, key) => ({
  Authorization: `Basic ${Buffer.from(key).toString('base64')}`,
}));

export const allSchemes = [...signingSchemes, staticHeader, basic];

/** A delivery that is not genuine, and the answer that it gets. */
export type Wrong = readonly [what: string, post: Post, status: number, said: RegExp];
