import { type HmacForm, hmacVerifier } from './hmac.ts';
import { refused, type Verifier } from './verifier.ts';

/** Standard Webhooks 1.0 (standard-webhooks.md): HMAC-SHA256 over `id.timestamp.body`, `v1,` before each signature, five minutes each way. */
export const standardWebhooksForm: HmacForm = {
  header: 'webhook-signature',
  pattern: 'v1,{signature}',
  separator: ' ',
  hash: 'sha256',
  encoding: 'base64',
  keyEncoding: 'whsec',
  message: '{header:webhook-id}.{timestamp}.{body}',
  timestampHeader: 'webhook-timestamp',
};

/** A dot in an id would make `id.timestamp.body` ambiguous, and the id is our dedupe key. */
const webhookId = /^[A-Za-z0-9_-]{1,256}$/;

const signature = hmacVerifier(standardWebhooksForm);

export const standardWebhooks: Verifier = {
  readKey: signature.readKey,
  inspect: (request, now) => {
    const id = request.headers.get('webhook-id');
    if (id === undefined || id === '') return refused('missing', 'the header webhook-id is missing');
    if (!webhookId.test(id))
      return refused('malformed', 'the header webhook-id is not made of letters, digits, _ and -, or came twice');
    return signature.inspect(request, now);
  },
};
