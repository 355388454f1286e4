import { createHmac, randomUUID } from 'node:crypto';
import type { Verify } from '../../lambdas/receive-signup/config.ts';
import { defaultToleranceSeconds, type HmacForm } from '../../lambdas/receive-signup/verify/hmac.ts';
import { readKey } from '../../lambdas/receive-signup/verify/keys.ts';
import { hmacFormOf } from '../../lambdas/receive-signup/verify/schemes.ts';
import { messageBuilder } from '../../lambdas/receive-signup/verify/signed-message.ts';
import { piecesOf, placeholdersOf } from '../../lambdas/receive-signup/verify/template.ts';

export interface WebhookToSign {
  readonly verify: Verify;
  /** One of the source's keys, as its secret has it. */
  readonly key: string;
  readonly body: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** For schemes that sign a delivery's id; a new one, if absent. */
  readonly id?: string;
}

export interface SignedWebhook {
  /** What the sender adds to the request, beside its content type. */
  readonly headers: Readonly<Record<string, string>>;
  /** The exact bytes that were signed; `null` for senders that can't sign. */
  readonly message: Buffer | null;
  /** For how long the signature holds; `null` for ever. */
  readonly validForSeconds: number | null;
}

/**
 * Signs a webhook as the source's system does.
 *
 * @throws Error where the key is none for this scheme; it never repeats the key
 */
export function signWebhook({
  verify,
  key,
  body,
  now,
  id = `msg_${randomUUID().replaceAll('-', '')}`,
}: WebhookToSign): SignedWebhook {
  switch (verify.scheme) {
    case 'static-header':
      return { headers: { [verify.header]: key }, message: null, validForSeconds: null };
    case 'basic':
      return {
        headers: { authorization: `Basic ${Buffer.from(key).toString('base64')}` },
        message: null,
        validForSeconds: null,
      };
    default:
      return signByForm(hmacFormOf(verify), { key, body, now, id });
  }
}

/** What {@link HmacForm} says the receiver reads, written. */
function signByForm(form: HmacForm, { key, body, now, id }: Required<Omit<WebhookToSign, 'verify'>>): SignedWebhook {
  const secret = readKey(key, form.keyEncoding);
  if ('problem' in secret) throw new Error(`the key ${secret.problem}`);
  const timestamp = String(Math.floor(now / 1000));
  const named = placeholdersOf(form.message).filter((name) => name.startsWith('header:'));
  const signedHeaders = Object.fromEntries(named.map((name) => [name.slice('header:'.length).toLowerCase(), id]));
  const message = messageBuilder(form.message)({ headers: new Map(Object.entries(signedHeaders)), timestamp, body });
  if ('problem' in message) throw new Error(`the message can't be signed: ${message.problem}`);
  const digest = createHmac(form.hash, secret.bytes).update(Buffer.concat(message));
  const signature =
    form.encoding === 'hex-uppercase' ? digest.digest('hex').toUpperCase() : digest.digest(form.encoding);
  const value = piecesOf(form.pattern)
    .map((piece) => ('literal' in piece ? piece.literal : piece.placeholder === 'timestamp' ? timestamp : signature))
    .join('');
  return {
    headers: {
      ...signedHeaders,
      ...(form.timestampHeader === undefined ? {} : { [form.timestampHeader]: timestamp }),
      [form.header]: value,
    },
    message: Buffer.concat(message),
    validForSeconds: placeholdersOf(form.message).includes('timestamp')
      ? (form.toleranceSeconds ?? defaultToleranceSeconds)
      : null,
  };
}
