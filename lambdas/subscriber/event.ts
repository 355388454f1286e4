/** What became of a signup's account, or of a registration for an offering: CloudEvents 1.0 with Matriculate's data, major version 1. Fields of later minor versions are not in it. */
export interface SignupEvent {
  readonly specversion: '1.0';
  /** `matriculate.account.{outcome}.v1` or `matriculate.registration.{outcome}.v1` */
  readonly type: string;
  /** `/matriculate/{stage}/{source}` */
  readonly source: string;
  /** The signup: the same as `data.signupId`. */
  readonly subject: string;
  /** `{signupId}/{destination}/{step}/{run}`: every copy of an event has the same. */
  readonly id: string;
  /** Counts the events of one signup and destination, ten digits: the greater is newer. */
  readonly sequence: string;
  /** ISO 8601. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** A sample: nobody signed up. */
  readonly test?: true;
  readonly data: EventData;
}

/** How a run can end. Closed within the major version. */
export const outcomes = ['created', 'existing', 'rejected', 'failed', 'unknown'] as const;
export type Outcome = (typeof outcomes)[number];

export interface EventData {
  readonly outcome: Outcome;
  readonly signupId: string;
  readonly run: number;
  /** What the sender calls the signup, such as an order number. */
  readonly reference: string | null;
  readonly source: string;
  readonly destination: string;
  readonly platform: string;
  /** `null` where the signup could not be read, or personal data is left out. */
  readonly person: Person | null;
  /** The offering that a registration is about; `null` in the events of accounts. */
  readonly offering: string | null;
  /** What the vendor calls the registration, if it says so. */
  readonly registrationId: string | null;
  /** What the vendor said of the account; `null` where there is none, or nobody knows. */
  readonly account: Account | null;
  readonly loginUrl: string | null;
  /** `null` where there is nothing to say of them. */
  readonly credentials: EventCredentials | null;
  /** Fields that were asked for and that the platform did not apply. */
  readonly notApplied: readonly string[];
  readonly context: Readonly<Record<string, unknown>>;
  /** Codes are added in minor versions. */
  readonly reason: { readonly code: string; readonly message: string } | null;
  /** Calls to the vendor in this run. */
  readonly attempts: number;
  /** The account was found after a call whose reply was lost: most likely it was made by it. */
  readonly afterLostReply: boolean;
  readonly acceptedAt: string;
  readonly finishedAt: string;
}

export interface Person {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: string | null;
}

export interface Account {
  readonly userId: string | null;
  readonly username: string | null;
  readonly role: string | null;
}

/** How the learner comes by a password. Closed within the major version. */
export type EventCredentials =
  /** Username and password, for the recipients that the destination names. */
  | { readonly state: 'encrypted'; readonly jwe: unknown }
  /** The person's own, brought by the signup. */
  | { readonly state: 'chosen' }
  /** The account was there before; its password is the person's own. */
  | { readonly state: 'existing' }
  /** The vendor made them and its reply was lost: have them reset. */
  | { readonly state: 'lost' }
  /** The JWE's are right, if the call whose reply was lost set them. */
  | { readonly state: 'unconfirmed'; readonly jwe: unknown }
  /** Thrown away, as the config says. */
  | { readonly state: 'discarded' };
