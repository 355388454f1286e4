import type { HmacForm } from './hmac.ts';

/** Arlo: base64 of HMAC-SHA512 over the body, with the key base64-decoded. */
export const arloForm: HmacForm = {
  header: 'x-arlo-signature',
  pattern: '{signature}',
  hash: 'sha512',
  encoding: 'base64',
  keyEncoding: 'base64',
  message: '{body}',
};
