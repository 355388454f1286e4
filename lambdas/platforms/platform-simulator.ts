import type { Duplicates } from './platform.ts';

/** The port that every vendor on this machine stands behind. */
export interface PlatformSimulator {
  /** Every open question of the vendor's documentation, as a switch: its name and its possible values, the default first. */
  readonly variants: Readonly<Record<string, readonly string[]>>;
  readonly start: (options?: SimulatorOptions) => Promise<RunningSimulator>;
}

export interface SimulatorOptions {
  /** 0 (the default) takes any free port. Always on 127.0.0.1. */
  readonly port?: number;
  readonly variants?: Readonly<Record<string, string>> | undefined;
  readonly duplicates?: Duplicates;
  /** How long each call takes, in milliseconds; 0 by default. */
  readonly latencyMs?: number | undefined;
  /** The secret to accept; an invented one by default. */
  readonly secret?: Readonly<Record<string, unknown>>;
  /** Armed from the start, as by `arm`. */
  readonly weather?: readonly ArmedWeather[] | undefined;
  /** Milliseconds since the epoch, by which tokens and locks age; the real time by default. */
  readonly now?: () => number;
}

export interface RunningSimulator {
  /** The base address, as a destination's `url`. */
  readonly url: string;
  /** The secret that it accepts. */
  readonly secret: Readonly<Record<string, unknown>>;
  /** Settings of a destination that this simulator needs beyond `url`, if any. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly accounts: () => readonly SimulatedAccount[];
  /** How often each operation was answered, by the vendor's name for it, such as `User/Create` or `createUser`; and `refusedLogins`. */
  readonly counts: () => Readonly<Record<string, number>>;
  /** Makes the next calls go wrong; see `simulator/README.md`. @throws Error where the storm contradicts itself, or is for no operation of the vendor */
  readonly arm: (storm: ArmedWeather) => void;
  /** Ends all weather at once; resolves when the port is open. */
  readonly calm: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface SimulatedAccount {
  readonly userId: string;
  readonly email: string;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly password: string;
  /** Everything else that was stored, by the vendor's own names. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What can go wrong between a vendor and us. `reply-lost` comes after the account was made, `request-lost` before. */
export const weathers = [
  'slow',
  'http-500',
  'http-503',
  'http-429',
  'maintenance-page',
  'empty',
  'truncated',
  'two-roots',
  'wrong-charset',
  'reply-lost',
  'request-lost',
  'connection-refused',
  'reset-mid-body',
  'redirect',
  'huge-reply',
] as const;
export type Weather = (typeof weathers)[number];

export interface ArmedWeather {
  readonly weather: Weather;
  /** Only for this operation (`User/Create`, `token`, `createUser` …); any, if absent. */
  readonly operation?: string | undefined;
  /** For how many calls; 1 by default. */
  readonly times?: number | undefined;
  /**
   * `slow`: by how much. `http-503`, `http-429`: the Retry-After, in milliseconds, told in whole seconds.
   * `connection-refused`: how long the port stays closed. 1,000 by default.
   */
  readonly ms?: number | undefined;
  /** For `http-500`, `maintenance-page`, `redirect` and `empty`, which can come before or after the vendor did what was asked: whether it did. */
  readonly carriedOut?: boolean | undefined;
}
