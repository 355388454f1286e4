import type { HmacForm } from './hmac.ts';

/** Stripe: hex of HMAC-SHA256 over `timestamp.body`, the endpoint's secret as text with its `whsec_`, five minutes each way. */
export const stripeForm: HmacForm = {
  header: 'stripe-signature',
  pattern: 't={timestamp},v1={signature}',
  hash: 'sha256',
  encoding: 'hex',
  keyEncoding: 'text',
  message: '{timestamp}.{body}',
};
