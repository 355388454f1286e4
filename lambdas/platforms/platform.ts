import type * as z from 'zod/mini';
import type { Signup } from '../signups/signup.ts';

/** A platform's own keys in a destination's config. */
export type OwnSettings = Readonly<Record<string, unknown>>;

/** Whether the vendor refuses a second account for the same person. Where it does, the vendor is the lock. */
export type Duplicates = 'refused' | 'allowed';

/** What a platform can and can't do. */
export interface PlatformTraits {
  /** Who makes the learner's username and password: the vendor, we, or nobody. Where it is not `none`, the config must say who receives them. */
  readonly credentials: 'vendor-made' | 'ours' | 'none';
  /** Whether the vendor can be asked if a person has an account. */
  readonly canLookUp: boolean;
  /** Whether signups can be registered for offerings. */
  readonly canRegister: boolean;
}

/** What synth needs to know of a platform. */
export interface PlatformSettings<Own extends OwnSettings = OwnSettings> extends PlatformTraits {
  /** The vendor's own name, for people. */
  readonly title: string;
  /** The vendor's published address; `null` where each customer has their own and the config must say it. */
  readonly publishedUrl: string | null;
  /** The platform's own keys in a destination's config, each with a default; strict. */
  readonly schema: z.ZodMiniType<Own>;
  /** The shape of the secret `matriculate/{stage}/destinations/{id}`. */
  readonly secretSchema: z.ZodMiniType<Readonly<Record<string, unknown>>>;
  /** The secret's keys, in the order in which a person is asked for them. */
  readonly secretKeys: readonly string[];
  /** Said at synth to whoever uses the platform. */
  readonly warnings: readonly string[];
}

/** The vendor's protocol. Pure but for the HTTP client and the clock that it is handed. */
export interface PlatformAdapter<Own extends OwnSettings> {
  readonly traits: PlatformTraits;
  /** Binds the adapter to one destination. */
  readonly connect: (destination: VendorDestination<Own>, tools: VendorTools) => Vendor;
}

export interface VendorDestination<Settings> {
  /** The base address. */
  readonly url: string;
  readonly duplicates: Duplicates;
  /** The platform's own keys; for an adapter as its schema gives them back, with every default filled in. */
  readonly settings: Settings;
}

export interface VendorTools {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** One destination's vendor. */
export interface Vendor {
  /** Checks a signup against the vendor's rules before anything is called or written. */
  readonly prepare: (signup: Signup) => Prepared;
  /** Reads the secret's value; `problem` says what is wrong with its shape and never repeats it. */
  readonly open: (secret: unknown) => VendorAccount | { readonly problem: string };
  /**
   * How many requests a second the whole fleet may send to the vendor; absent where nothing limits it. The adapter takes a `turn` before each
   * request of a call; a login has none.
   */
  readonly requestsPerSecond?: number | undefined;
}

export type Prepared =
  | {
      readonly kind: 'ready';
      /** The field that the vendor holds unique; compared NFC, trimmed and lower-cased by the caller. */
      readonly personKey: string;
      /** What the learner will log in with, where it is known before the call; `null` where the vendor makes it. */
      readonly loginName: string | null;
    }
  | { readonly kind: 'rejected'; readonly message: string };

/**
 * The customer's account at the vendor, opened with a secret. `session` vendors want a login first and a token with each call;
 * `direct` vendors take the credentials with each call.
 */
export type VendorAccount =
  | (AccountCalls & { readonly access: 'session'; readonly login: (signal: AbortSignal) => Promise<LoginResult> })
  | (AccountCalls & { readonly access: 'direct' });

export interface AccountCalls {
  readonly createAccount: (call: CreateAccountCall) => Promise<AccountResult>;
  /** Present exactly where `canLookUp`. */
  readonly lookUp?: (call: VendorCall) => Promise<LookUpResult>;
  /** Registers an account for an offering; present exactly where `canRegister`. */
  readonly register?: (call: RegisterCall) => Promise<RegisterResult>;
  /** A harmless call that shows whether the credentials are accepted, where the vendor has one; `session` vendors are asked by a login. */
  readonly probe?: (signal: AbortSignal) => Promise<CallFailure | { readonly kind: 'accepted' }>;
  /** Gives an account that was there before the signup's tags that it lacks, and takes none away; harmless when repeated. */
  readonly addTags?: (call: AddTagsCall) => Promise<AddTagsResult>;
}

export interface VendorCall {
  readonly signup: Signup;
  /** The session's token; the empty string for `direct` vendors. */
  readonly token: string;
  /** Ends the call at its deadline; what comes of it is then `nobody-knows`. */
  readonly signal: AbortSignal;
  /** Waits until the next request may be sent under `requestsPerSecond`, or the signal aborts; absent where nothing limits it. */
  readonly turn?: ((signal: AbortSignal) => Promise<void>) | undefined;
}

export interface RegisterCall extends VendorCall {
  /** The vendor's id of the offering. */
  readonly offering: string;
  /** What the vendor said of the account when it was made or found; without a `userId` where it said none. */
  readonly account: VendorAccountDetails;
}

/** About an account that was there before. */
export type AddTagsCall = Omit<RegisterCall, 'offering'>;

export interface CreateAccountCall extends VendorCall {
  /** Where `credentials` is `ours`: the password to set, and whether we made it (then the learner must change it, where the vendor can ask for that). */
  readonly password: { readonly value: string; readonly made: boolean } | null;
}

/**
 * Every way in which a vendor call can fail, sorted once, at the adapter's edge. What can't be read is `nobody-knows`, never success.
 * `message` holds the vendor's words (cut to 500 characters) or ours; never a password, key, token or signature.
 */
export type CallFailure =
  /** Certainly not done, try again: connection refused, 429, 503. */
  | { readonly kind: 'not-done'; readonly message: string; readonly retryAfterMs?: number | undefined }
  /** Certainly not done: the session's token is no longer valid; log in again. */
  | { readonly kind: 'token-refused'; readonly message: string }
  /** Never again: the vendor refuses this signup for good. */
  | { readonly kind: 'rejected'; readonly message: string }
  /** The vendor does not accept the customer's credentials. */
  | { readonly kind: 'credentials-refused'; readonly message: string }
  /** The request left and nobody knows what came of it: timeout, cut connection, unreadable reply, 5xx without a promise. */
  | { readonly kind: 'nobody-knows'; readonly message: string };

/** What the vendor says of an account; whatever it did not say is absent. */
export interface VendorAccountDetails {
  readonly userId?: string | undefined;
  readonly username?: string | undefined;
  /** The role effectively given, which can differ from the one asked for. */
  readonly role?: string | undefined;
}

export type AccountResult =
  | {
      readonly kind: 'created';
      readonly account: VendorAccountDetails;
      /** The credentials that the vendor made, where it makes them. They go into the JWE and nowhere else. */
      readonly credentials?: { readonly username: string; readonly password: string } | undefined;
      /** The signup's fields that the vendor has no place for or did not apply. */
      readonly notApplied: readonly string[];
      /** Something a person should look at, such as a success without a readable id. */
      readonly warning?: string | undefined;
    }
  /** The vendor refuses a second account for this person. */
  | {
      readonly kind: 'duplicate';
      readonly message: string;
      readonly account: VendorAccountDetails;
      readonly notApplied: readonly string[];
    }
  | CallFailure;

export type RegisterResult =
  | { readonly kind: 'registered'; readonly registrationId?: string | undefined }
  /** The vendor says that the account has this registration. */
  | { readonly kind: 'already'; readonly message: string }
  | CallFailure;

export type LookUpResult =
  | { readonly kind: 'exists'; readonly account: VendorAccountDetails; readonly notApplied: readonly string[] }
  /** Proves nothing after a lost reply: the vendor may still be at it. */
  | { readonly kind: 'absent' }
  | CallFailure;

/** `added` also where nothing was missing. */
export type AddTagsResult = { readonly kind: 'added' } | CallFailure;

export type LoginResult =
  | { readonly kind: 'token'; readonly token: string; readonly livesMs: number }
  | Exclude<CallFailure, { kind: 'token-refused' | 'rejected' }>;
