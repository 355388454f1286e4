import type { HmacForm } from './hmac.ts';

/** Shopify: base64 of HMAC-SHA256 over the body, with the app's client secret or the admin page's signing secret as text. */
export const shopifyForm: HmacForm = {
  header: 'x-shopify-hmac-sha256',
  pattern: '{signature}',
  hash: 'sha256',
  encoding: 'base64',
  keyEncoding: 'text',
  message: '{body}',
};
