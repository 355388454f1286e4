import * as z from 'zod/mini';
import { toldOutcomes } from './outcome.ts';

/** The one definition of what subscribers get: CloudEvents 1.0 with our data. Fields may be added; none is renamed or removed within `v1`. */

const text = z.string();
const optionalText = z.nullable(text);

export const credentialsSchema = z.discriminatedUnion('state', [
  /** The JWE holds username and password, for the recipients that the destination names. */
  z.object({ state: z.literal('encrypted'), jwe: z.unknown() }),
  /** The person chose the password at the sender. */
  z.object({ state: z.literal('chosen') }),
  /** The account was there before; its password is the person's own. */
  z.object({ state: z.literal('existing') }),
  /** The vendor made credentials and its reply was lost: have them reset. */
  z.object({ state: z.literal('lost') }),
  /** We made the password, and the reply to the call that set it was lost: the JWE's may be right, or never have been set. */
  z.object({ state: z.literal('unconfirmed'), jwe: z.nullable(z.unknown()) }),
  /** The destination is configured to throw credentials away. */
  z.object({ state: z.literal('discarded') }),
]);
export type EventCredentials = z.infer<typeof credentialsSchema>;

export const eventSchema = z.object({
  specversion: z.literal('1.0'),
  type: text,
  source: text,
  subject: text,
  /** `{signupId}/{destination}/{step}/{run}`: every copy has the same id and the same bytes. */
  id: text,
  /** Counts the events of one signup and destination, ten digits: the greater is newer. */
  sequence: z.string().check(z.regex(/^\d{10}$/)),
  time: text,
  datacontenttype: z.literal('application/json'),
  /** A sample that an operator sent for trying subscribers out: nobody signed up. */
  test: z.optional(z.literal(true)),
  data: z.object({
    outcome: z.enum(toldOutcomes),
    signupId: text,
    run: z.int().check(z.positive()),
    reference: optionalText,
    source: text,
    destination: text,
    platform: text,
    /** `null` where the signup could not be read. */
    person: z.nullable(z.object({ email: text, firstName: text, lastName: text, locale: optionalText })),
    /** The offering that a `registration` event is about; `null` in an `account` event. */
    offering: optionalText,
    /** What the vendor calls the registration, where it says so. */
    registrationId: optionalText,
    /** What the vendor said of the account; `null` where there is none, or nobody knows. */
    account: z.nullable(z.object({ userId: optionalText, username: optionalText, role: optionalText })),
    loginUrl: optionalText,
    /** `null` where there are no credentials to speak of. */
    credentials: z.nullable(credentialsSchema),
    /** Fields that were asked for and that the platform did not apply. */
    notApplied: z.array(text),
    context: z.record(z.string(), z.unknown()),
    reason: z.nullable(z.object({ code: text, message: text })),
    /** Vendor calls of this run. */
    attempts: z.int().check(z.nonnegative()),
    /** The account was found after a call of ours whose reply was lost: most likely it is ours. */
    afterLostReply: z.boolean(),
    acceptedAt: text,
    finishedAt: text,
  }),
});
export type SignupEvent = z.infer<typeof eventSchema>;
export type EventData = SignupEvent['data'];
