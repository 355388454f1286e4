import * as z from 'zod/mini';
import { formRules } from './verify/form-rules.ts';

const headerName = z
  .string()
  .check(z.regex(/^[!#$%&'*+.^_`|~\w-]+$/, 'is no name of a header: letters, digits and dashes'));

/**
 * How a source signs what it sends. Data only, so that a sender nobody has heard of needs no code.
 * The keys are in the secret `matriculate/{stage}/sources/{id}` as `{"keys": ["…"]}`.
 */
export const verifySchema = z.discriminatedUnion('scheme', [
  z.strictObject({ scheme: z.literal('standard-webhooks') }),
  z.strictObject({ scheme: z.literal('woocommerce') }),
  z.strictObject({ scheme: z.literal('shopify') }),
  z.strictObject({ scheme: z.literal('stripe') }),
  z.strictObject({ scheme: z.literal('typeform') }),
  z.strictObject({ scheme: z.literal('github') }),
  z.strictObject({ scheme: z.literal('thinkific') }),
  z.strictObject({ scheme: z.literal('arlo') }),
  z
    .strictObject({
      scheme: z.literal('hmac'),
      /** The header that holds the signature. */
      header: headerName,
      /** How the header's value looks; `{signature}` and, where there is one, `{timestamp}` stand for the parts, such as `sha256={signature}` or `t={timestamp},v1={signature}`. */
      pattern: z._default(z.string(), '{signature}'),
      hash: z._default(z.enum(['sha256', 'sha512', 'sha1']), 'sha256'),
      encoding: z._default(z.enum(['hex', 'hex-uppercase', 'base64', 'base64url']), 'hex'),
      /** How the key's text becomes bytes. */
      keyEncoding: z._default(z.enum(['text', 'base64', 'hex']), 'text'),
      /** What is signed; `{body}`, `{timestamp}` and `{header:NAME}` stand for the parts. */
      message: z._default(z.string(), '{body}'),
      /** A header that holds the timestamp, where it is not in the signature's own. */
      timestampHeader: z.optional(headerName),
      /** How far the timestamp may be off, in seconds, both ways. */
      toleranceSeconds: z._default(
        z.int().check(z.minimum(1, 'must be 1 to 3600'), z.maximum(3600, 'must be 1 to 3600')),
        300,
      ),
    })
    .check((form) => {
      for (const { keeps, message } of formRules)
        if (!keeps(form.value)) form.issues.push({ code: 'custom', message, input: form.value, path: [] });
    }),
  /** For senders that can't sign: a secret in a header, compared in constant time. */
  z.strictObject({ scheme: z.literal('static-header'), header: headerName }),
  /** For senders that can't sign: Basic credentials, `user:password` as the key. */
  z.strictObject({ scheme: z.literal('basic') }),
]);

export type Verify = z.infer<typeof verifySchema>;

/**
 * `config.json` beside receive-signup's bundle. Synth writes it from the stage's config, which it has checked whole; so the function reads it
 * without zod, which would be a tenth of its start.
 */
export interface ReceiveSignupConfig {
  readonly stage: string;
  readonly sources: Readonly<Record<string, SourceConfig>>;
}

export interface SourceConfig {
  readonly verify: Verify;
  /** Signed parts only: `webhook-id` (Standard Webhooks), JSON Pointers into the body, or `body` (its hash). */
  readonly dedupeKey: readonly string[];
  /** The ids of the destinations whose queues get the delivery. */
  readonly to: readonly string[];
}
