import { type HmacForm, hmacVerifier } from './hmac.ts';
import type { SignedRequest, Verifier } from './verifier.ts';

/** WooCommerce's `WC_Webhook::generate_signature`: base64 of HMAC-SHA256 over the body, with the secret HTML-decoded. */
export const woocommerceForm: HmacForm = {
  header: 'x-wc-webhook-signature',
  pattern: '{signature}',
  hash: 'sha256',
  encoding: 'base64',
  keyEncoding: 'html-text',
  message: '{body}',
};

const signature = hmacVerifier(woocommerceForm);

export const woocommerce: Verifier = {
  readKey: signature.readKey,
  inspect: (request, now) => (isPing(request) ? { kind: 'ping' } : signature.inspect(request, now)),
};

/** When a hook is saved, WooCommerce posts `webhook_id=N` unsigned and refuses the address unless it gets exactly 200 (`WC_Webhook::deliver_ping`). */
const isPing = ({ headers, mediaType, body }: SignedRequest) =>
  mediaType === 'application/x-www-form-urlencoded' &&
  !headers.has(woocommerceForm.header) &&
  body.byteLength <= 40 &&
  /^webhook_id=\d{1,20}$/.test(Buffer.from(body).toString('latin1'));
