import type { LedgerUnits } from './ledger-units.ts';

/** What one function is billed, for each signup. */
export interface FunctionUse {
  readonly memoryMb: number;
  readonly invocations: number;
  readonly billedMs: number;
  readonly logBytes: number;
}

/** What a signup uses on its way, measured. */
export interface SignupUsage {
  /** How long the vendor took, and how many signups waited for it together. */
  readonly vendorMs: number;
  readonly batchSize: number;
  readonly ingest: FunctionUse;
  readonly worker: FunctionUse;
  readonly sqsRequests: number;
  readonly snsPublishes: number;
  readonly units: LedgerUnits;
}

/** What it would use at a vendor that takes `vendorMs`: who waits, waits longer; the work is the same. */
export const ourUseAt = (usage: SignupUsage, vendorMs: number): SignupUsage => ({
  ...usage,
  vendorMs,
  worker: longer(usage.worker, (vendorMs - usage.vendorMs) / usage.batchSize),
});

export const longer = (use: FunctionUse, ms: number): FunctionUse => ({ ...use, billedMs: use.billedMs + ms });
