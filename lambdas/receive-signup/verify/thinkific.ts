import type { HmacForm } from './hmac.ts';

/** Thinkific: hex of HMAC-SHA256 over the body, the app's client secret or the API key as text. */
export const thinkificForm: HmacForm = {
  header: 'x-thinkific-hmac-sha256',
  pattern: '{signature}',
  hash: 'sha256',
  encoding: 'hex',
  keyEncoding: 'text',
  message: '{body}',
};
