import type { HmacForm } from './hmac.ts';

/** Typeform: `sha256=` and base64 of HMAC-SHA256 over the body, the webhook's secret as text. */
export const typeformForm: HmacForm = {
  header: 'typeform-signature',
  pattern: 'sha256={signature}',
  hash: 'sha256',
  encoding: 'base64',
  keyEncoding: 'text',
  message: '{body}',
};
