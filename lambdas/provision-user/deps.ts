import type { PlatformTraits, Vendor } from '../platforms/platform.ts';
import type { Ledger } from '../signups/ledger.ts';
import type { Mapped } from '../signups/map-signup.ts';
import type { Clock, Observer, Publish, SecretStore } from '../signups/ports.ts';
import type { ProvisionUserConfig } from './config.ts';
import type { WithDeadline } from './deadline.ts';

/** Everything that provision-user needs of the world. The functions' composition root fills it with AWS, the model with virtual time. */
export interface ProvisionDeps {
  readonly config: ProvisionUserConfig;
  readonly platform: PlatformTraits;
  readonly vendor: Vendor;
  /** The source's mapper for this destination; `undefined` where this bundle does not know the source. */
  readonly mapperOf: (source: string) => MapBody | undefined;
  readonly ledger: Ledger;
  readonly secrets: SecretStore;
  readonly publish: Publish;
  /** Sets when a received message becomes visible again, in whole seconds from now. */
  readonly changeVisibility: (receiptHandle: string, seconds: number) => Promise<void>;
  readonly observer: Observer;
  readonly now: Clock;
  /** 0 ≤ random < 1. */
  readonly random: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  /** A fresh unique id for each write. */
  readonly newId: () => string;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly withDeadline: WithDeadline;
}

/** Turns a delivery's raw bytes into a signup for this destination. */
export type MapBody = (body: Uint8Array) => Promise<Mapped>;
