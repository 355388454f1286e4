import * as z from 'zod/mini';

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
  z.strictObject({
    scheme: z.literal('hmac'),
    /** The header that holds the signature. */
    header: z.string(),
    /** How the header's value looks; `{signature}` and, where there is one, `{timestamp}` stand for the parts, such as `sha256={signature}` or `t={timestamp},v1={signature}`. */
    pattern: z._default(z.string(), '{signature}'),
    hash: z._default(z.enum(['sha256', 'sha512', 'sha1']), 'sha256'),
    encoding: z._default(z.enum(['hex', 'base64', 'base64url']), 'hex'),
    /** How the key's text becomes bytes. */
    keyEncoding: z._default(z.enum(['text', 'base64', 'hex']), 'text'),
    /** What is signed; `{body}`, `{timestamp}` and `{header:NAME}` stand for the parts. */
    message: z._default(z.string(), '{body}'),
    /** A header that holds the timestamp, where it is not in the signature's own. */
    timestampHeader: z.optional(z.string()),
    /** How far the timestamp may be off, in seconds, both ways. */
    toleranceSeconds: z._default(z.number(), 300),
  }),
  /** For senders that can't sign: a secret in a header, compared in constant time. */
  z.strictObject({ scheme: z.literal('static-header'), header: z.string() }),
  /** For senders that can't sign: Basic credentials, `user:password` as the key. */
  z.strictObject({ scheme: z.literal('basic') }),
]);

export type Verify = z.infer<typeof verifySchema>;

const schema = z.object({
  stage: z.string(),
  sources: z.record(
    z.string(),
    z.object({
      verify: verifySchema,
      /** Signed parts only: `webhook-id` (Standard Webhooks), JSON Pointers into the body, or `body` (its hash). */
      dedupeKey: z.array(z.string()),
      /** The ids of the destinations whose queues get the delivery. */
      to: z.array(z.string()),
    }),
  ),
});

/** `config.json` beside receive-signup's bundle, written at synth. */
export type ReceiveSignupConfig = z.infer<typeof schema>;

/** @throws Error naming the path of what is wrong */
export const parseReceiveSignupConfig = (json: unknown): ReceiveSignupConfig => z.parse(schema, json);
