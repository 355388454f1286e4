import * as z from 'zod/mini';

// Made once and used for every field of its kind: making schemas is a part of each cold start.
const text = z.string();
const number = z.number();

/** An EC P-256 public key as a JWK; the private half is the recipient's own. */
export const recipientSchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: text,
  y: text,
  kid: text,
});

export const timeLimitsSchema = z.object({
  /** One vendor call. */
  vendorCallMs: number,
  /** One record of a batch, everything included. */
  recordDeadlineMs: number,
  functionTimeoutMs: number,
  /** How long a claim holds. */
  leaseMs: number,
  visibilityMs: number,
  /** First step of the backoff, which doubles with each attempt. */
  backoffMs: number,
  /** Where the backoff stops growing; the greater of it and `giveUpAfter` ÷ 200 holds. */
  backoffCapMs: number,
  /** How long a login whose end is unknown keeps the session's slot. */
  loginSlotMs: number,
  /** How long a secret is kept before it is read again. */
  secretLifeMs: number,
});

/** vendor call < record's deadline < function timeout < lease < visibility; asserted at synth. */
export type TimeLimits = z.infer<typeof timeLimitsSchema>;

const schema = z.object({
  stage: text,
  destination: z.object({
    id: text,
    platform: text,
    url: text,
    duplicates: z.enum(['refused', 'allowed']),
    loginUrl: z.nullable(text),
    /** Events of this destination tell ids only. */
    personalData: z.optional(z.literal('omit')),
    /** Who receives credentials; `null` where the platform yields none, an empty list for `"discard"`. */
    recipients: z.nullable(z.array(recipientSchema)),
    roles: z.array(z.enum(['student', 'moderator', 'administrator'])),
    giveUpAfterMs: number,
    keepDays: number,
    /** How many workers may run at once: each has its share of the vendor's rate limit. */
    maximumConcurrency: number,
    /** The platform's own keys. */
    settings: z.record(text, z.unknown()),
  }),
  /** Every source that routes to this destination, now or (retired) before. */
  sources: z.record(
    text,
    z.object({
      accept: z.optional(text),
      mapping: z.record(text, text),
      when: z.optional(text),
      /** Constants for this destination only; they win over the mapping. */
      set: z._default(z.record(text, z.unknown()), {}),
    }),
  ),
  timeLimits: timeLimitsSchema,
});

/** `config.json` beside a provision-user bundle, written at synth. */
export type ProvisionUserConfig = z.infer<typeof schema>;

/** @throws Error naming the path of what is wrong */
export const parseProvisionUserConfig = (json: unknown): ProvisionUserConfig => z.parse(schema, json);
