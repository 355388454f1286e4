import type { ArmedWeather } from '../../lambdas/platforms/platform-simulator.ts';
import type { Verify } from '../../lambdas/receive-signup/config.ts';
import type { Recipient } from '../../lambdas/signups/sealing.ts';
import type { Role } from '../../lambdas/signups/signup.ts';

/** A config that has been checked, with presets merged and every default filled in. Durations are milliseconds. */
export interface CheckedConfig {
  readonly stage: string;
  readonly alerts: { readonly page: string; readonly notify: string } | null;
  readonly sources: Readonly<Record<string, CheckedSource>>;
  readonly destinations: Readonly<Record<string, CheckedDestination>>;
  readonly recipients: Readonly<Record<string, readonly Recipient[]>>;
  readonly subscribers: readonly string[];
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly domain: { readonly name: string; readonly certificate: string } | undefined;
  readonly ingestConcurrency: number | undefined;
  /** What whoever deploys this should know; nothing that stops it. */
  readonly warnings: readonly string[];
}

export interface CheckedSource {
  readonly preset: string | undefined;
  readonly verify: Verify;
  readonly dedupeKey: readonly string[];
  readonly accept: string | undefined;
  readonly mapping: Readonly<Record<string, string>>;
  /** A payload as the sender sends it, if there is one. */
  readonly sample: unknown;
  /** Whether the sample is the config's own, and not the preset's, written out or not. */
  readonly sampleIsOwn: boolean;
  /** Whether the sample and the mapping come from the same hand: both the preset's, or both the config's. */
  readonly sampleFits: boolean;
  readonly to: readonly Route[];
  readonly quietAfterMs: number | undefined;
  readonly retired: boolean;
}

export interface Route {
  readonly destination: string;
  readonly when: string | undefined;
  readonly set: Readonly<Record<string, unknown>>;
}

export interface CheckedDestination {
  readonly platform: string;
  /** Absent only where a simulator will stand in. */
  readonly url: string | undefined;
  /** Whether the config itself says the address; the vendor's published one is not written. */
  readonly urlWritten: boolean;
  readonly loginUrl: string | null;
  /** Recipients' ids; `null` where the platform yields no credentials. */
  readonly credentials: readonly string[] | 'discard' | null;
  readonly personalData: 'include' | 'omit';
  readonly duplicates: 'refused' | 'allowed';
  readonly roles: readonly Role[];
  readonly maximumConcurrency: number;
  readonly batchSize: number;
  readonly giveUpAfterMs: number;
  readonly keepDays: number;
  readonly retired: boolean;
  /** How the simulated vendor behaves on this machine. */
  readonly simulator: SimulatorBehaviour;
  /** The platform's own keys. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The simulator's switches, bad weather from the start, and how long each call takes. */
export interface SimulatorBehaviour {
  readonly variants?: Readonly<Record<string, string>> | undefined;
  readonly weather?: readonly ArmedWeather[] | undefined;
  readonly latencyMs?: number | undefined;
}
