import type { ToldOutcome } from './outcome.ts';

/**
 * What the functions need of the world, as records of functions: the AWS adapters provide them in the cloud and on this machine,
 * the model provides them in virtual time.
 */

/** Milliseconds since the epoch. */
export type Clock = () => number;

/** A secret as Secrets Manager holds it. */
export interface Secret {
  /** Secrets Manager's VersionId. */
  readonly version: string;
  /** The parsed JSON. `{}` where nobody has filled the secret yet. */
  readonly value: unknown;
  /** When this version was made, in milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface SecretStore {
  /** AWSCURRENT, from the cache while it is fresh; stale if a refresh fails. @throws Error where the secret can't be read at all */
  readonly current: (id: string) => Promise<Secret>;
  /** AWSPREVIOUS, cached like a value, its absence too. */
  readonly previous: (id: string) => Promise<Secret | undefined>;
  /** After a refusal: AWSCURRENT read afresh, at most once in a tenth of its life (30 seconds) and secret; otherwise what the cache has. */
  readonly refreshed: (id: string) => Promise<Secret>;
}

/** Sends to one destination's queue; the destination is the config's id. @throws Error where the queue did not take it */
export type SendToQueue = (destination: string, text: string) => Promise<void>;

/** Tells the topic; resolves when SNS has it. */
export type Publish = (event: string, attributes: EventAttributes) => Promise<void>;

/** The SNS message attributes that subscribers filter by. */
export interface EventAttributes {
  readonly type: string;
  readonly outcome: ToldOutcome;
  readonly source: string;
  readonly destination: string;
  readonly platform: string;
  /** Samples only. */
  readonly test?: 'true';
}

/** Allow-listed fields only: what is not named here can't be logged, so no password, key, token or body ever is. */
export interface LogFields {
  readonly signupId?: string | undefined;
  readonly source?: string | undefined;
  readonly destination?: string | undefined;
  readonly step?: string | undefined;
  readonly run?: number | undefined;
  readonly attempt?: number | undefined;
  readonly outcome?: string | undefined;
  readonly reason?: string | undefined;
  /** Our words, or a vendor's without secrets and e-mail addresses. */
  readonly detail?: string | undefined;
  readonly milliseconds?: number | undefined;
  readonly status?: number | undefined;
  readonly receiveCount?: number | undefined;
}

/** One line a step, and counters. */
export interface Observer {
  readonly info: (message: string, fields?: LogFields) => void;
  readonly warn: (message: string, fields?: LogFields) => void;
  readonly error: (message: string, fields?: LogFields) => void;
  readonly metric: (name: MetricName, value: number, dimensions?: MetricDimensions) => void;
}

export type MetricDimensions = { readonly source?: string; readonly destination?: string; readonly reason?: string };

/** The custom metrics, in the namespace `Matriculate`; alarms and the dashboard read these names. */
export type MetricName =
  | 'Accepted'
  | 'SignatureRefused'
  | 'NotStored'
  | 'TurnedAway'
  | 'Created'
  | 'Existing'
  | 'Rejected'
  | 'Failed'
  | 'Unknown'
  | 'Ignored'
  | 'Conflict'
  | 'WaitingSeconds'
  | 'StatusNotTold'
  | 'BreakerOpen'
  | 'VendorMilliseconds';
