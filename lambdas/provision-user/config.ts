import * as z from 'zod/mini';

/** An EC P-256 public key as a JWK; the private half is the recipient's own. */
export const recipientSchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  kid: z.string(),
});

export const timeLimitsSchema = z.object({
  /** One vendor call. */
  vendorCallMs: z.number(),
  /** One record of a batch, everything included. */
  recordDeadlineMs: z.number(),
  functionTimeoutMs: z.number(),
  /** How long a claim holds. */
  leaseMs: z.number(),
  visibilityMs: z.number(),
  /** First step of the backoff, which doubles with each attempt. */
  backoffMs: z.number(),
  /** Where the backoff stops growing; the greater of it and `giveUpAfter` ÷ 200 holds. */
  backoffCapMs: z.number(),
  /** How long a login whose end is unknown keeps the session's slot. */
  loginSlotMs: z.number(),
  /** How long a secret is kept before it is read again. */
  secretLifeMs: z.number(),
});

/** vendor call < record's deadline < function timeout < lease < visibility; asserted at synth. */
export type TimeLimits = z.infer<typeof timeLimitsSchema>;

const expression = z.string();

const schema = z.object({
  stage: z.string(),
  destination: z.object({
    id: z.string(),
    platform: z.string(),
    url: z.string(),
    duplicates: z.enum(['refused', 'allowed']),
    loginUrl: z.nullable(z.string()),
    /** Events of this destination tell ids only. */
    personalData: z.optional(z.literal('omit')),
    /** Who receives credentials; `null` where the platform yields none, an empty list for `"discard"`. */
    recipients: z.nullable(z.array(recipientSchema)),
    roles: z.array(z.enum(['student', 'moderator', 'administrator'])),
    giveUpAfterMs: z.number(),
    keepDays: z.number(),
    /** How many workers may run at once: each has its share of the vendor's rate limit. */
    maximumConcurrency: z.number(),
    /** The platform's own keys. */
    settings: z.record(z.string(), z.unknown()),
  }),
  /** Every source that routes to this destination, now or (retired) before. */
  sources: z.record(
    z.string(),
    z.object({
      accept: z.optional(expression),
      mapping: z.record(z.string(), expression),
      when: z.optional(expression),
      /** Constants for this destination only; they win over the mapping. */
      set: z._default(z.record(z.string(), z.unknown()), {}),
    }),
  ),
  timeLimits: timeLimitsSchema,
});

/** `config.json` beside a provision-user bundle, written at synth. */
export type ProvisionUserConfig = z.infer<typeof schema>;

/** @throws Error naming the path of what is wrong */
export const parseProvisionUserConfig = (json: unknown): ProvisionUserConfig => z.parse(schema, json);
