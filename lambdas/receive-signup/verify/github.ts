import type { HmacForm } from './hmac.ts';

/** GitHub and the many that sign like it: `sha256=` and hex of HMAC-SHA256 over the body, the secret as text. */
export const githubForm: HmacForm = {
  header: 'x-hub-signature-256',
  pattern: 'sha256={signature}',
  hash: 'sha256',
  encoding: 'hex',
  keyEncoding: 'text',
  message: '{body}',
};
