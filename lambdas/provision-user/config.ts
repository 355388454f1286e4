import type { Duplicates, OwnSettings } from '../platforms/platform.ts';
import { isRecord } from '../signups/is-record.ts';
import type { MappingRules } from '../signups/map-signup.ts';
import type { Recipient } from '../signups/sealing.ts';
import type { Role } from '../signups/signup.ts';

/** vendor call < record's deadline < function timeout < lease < visibility; asserted at synth. */
export interface TimeLimits {
  /** One vendor call. */
  readonly vendorCallMs: number;
  /** One record of a batch, everything included. */
  readonly recordDeadlineMs: number;
  readonly functionTimeoutMs: number;
  /** How long a claim holds. */
  readonly leaseMs: number;
  readonly visibilityMs: number;
  /** First step of the backoff, which doubles with each attempt. */
  readonly backoffMs: number;
  /** Where the backoff stops growing; the greater of it and `giveUpAfter` ÷ 200 holds. */
  readonly backoffCapMs: number;
  /** How long a login whose end is unknown keeps the session's slot. */
  readonly loginSlotMs: number;
  /** How long a secret is kept before it is read again. */
  readonly secretLifeMs: number;
}

/**
 * `config.json` beside a provision-user bundle. Synth writes it from the stage's config, which it has checked whole; so the function reads it
 * without zod: with it, Electa's worker took 2 ms longer to load, and its platform's own keys 4 more.
 */
export interface ProvisionUserConfig<Own extends OwnSettings = OwnSettings> {
  readonly stage: string;
  readonly destination: {
    readonly id: string;
    readonly platform: string;
    readonly url: string;
    readonly duplicates: Duplicates;
    readonly loginUrl: string | null;
    /** Events of this destination tell ids only. */
    readonly personalData?: 'omit' | undefined;
    /** Who receives credentials; `null` where the platform yields none, an empty list for `"discard"`. */
    readonly recipients: readonly Recipient[] | null;
    readonly roles: readonly Role[];
    readonly giveUpAfterMs: number;
    readonly keepDays: number;
    /** How many workers may run at once: each has its share of the vendor's rate limit. */
    readonly maximumConcurrency: number;
    /** The platform's own keys, with every default filled in. */
    readonly settings: Own;
  };
  /** Every source that routes to this destination, now or (retired) before. */
  readonly sources: Readonly<Record<string, MappingRules>>;
  readonly timeLimits: TimeLimits;
}

/**
 * @typeParam Own the own settings of the platform whose bundle it lies beside: synth wrote what that platform's schema gave back
 * @throws Error where it is not what synth writes
 */
export function parseProvisionUserConfig<Own extends OwnSettings>(json: unknown): ProvisionUserConfig<Own> {
  if (isConfig<Own>(json)) return json;
  throw new Error('config.json is not what synth writes: synthesize the stage again');
}

/** Whether it is our file at all; its values were checked when it was written. */
const isConfig = <Own extends OwnSettings>(json: unknown): json is ProvisionUserConfig<Own> =>
  isRecord(json) &&
  typeof json.stage === 'string' &&
  isRecord(json.destination) &&
  typeof json.destination.id === 'string' &&
  isRecord(json.destination.settings) &&
  isRecord(json.sources) &&
  isRecord(json.timeLimits);
