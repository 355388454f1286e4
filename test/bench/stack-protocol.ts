import { z } from 'zod';
import type { ArmedWeather } from '../../lambdas/platforms/platform-simulator.ts';

/** What `processes/stack.ts` is started with. */
export interface StackOptions {
  readonly directory: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly bundles: string;
  /** How long each vendor call takes, by destination. */
  readonly latencyMs: Readonly<Record<string, number>>;
  /** Whether messages are handed to the workers; if not, they stay where they are. */
  readonly polled: boolean;
}

/** What it can be asked. */
export type StackRequest =
  | { readonly ask: 'description' }
  | { readonly ask: 'snapshot' }
  /** Puts signups on a destination's queue, as receive-signup would. */
  | { readonly ask: 'fill'; readonly destination: string; readonly count: number; readonly prefix: string }
  /** The same, and waits until the last of them has been worked off. */
  | { readonly ask: 'drain'; readonly destination: string; readonly count: number; readonly prefix: string }
  | { readonly ask: 'ledger' }
  | { readonly ask: 'weather'; readonly destination: string; readonly storm: ArmedWeather };

export const descriptionSchema = z.object({
  url: z.string(),
  region: z.string(),
  sourceKey: z.string(),
  tableName: z.string(),
  topicArn: z.string(),
  endpoints: z.object({ sqs: z.string(), sns: z.string(), dynamodb: z.string(), secretsmanager: z.string() }),
  queueUrls: z.record(z.string(), z.string()),
  /** Each function's, such as `receive-signup`. */
  accessKeys: z.record(z.string(), z.string()),
  /** The folder with each function's asset folder: bundle and config. */
  assets: z.string(),
  /** Each simulator's base address, by destination. */
  vendors: z.record(z.string(), z.string()),
  /** What each function is given. */
  memoryMb: z.record(z.string(), z.number()),
});
export type StackDescription = z.infer<typeof descriptionSchema>;

const counts = z.record(z.string(), z.number());

/** Counted since the stack started. */
export const snapshotSchema = z.object({
  functions: z.record(
    z.string(),
    z.object({
      invocations: z.number(),
      errors: z.number(),
      coldStarts: z.number(),
      billedMs: z.number(),
      logBytes: z.number(),
    }),
  ),
  /** Calls that each destination's vendor carried out, by the vendor's names for them. */
  vendors: z.record(z.string(), counts),
  accounts: counts,
  /** By function, service and operation, such as `receive-signup sqs SendMessage`. */
  awsCalls: counts,
});
export type Snapshot = z.infer<typeof snapshotSchema>;

export const drainedSchema = z.object({ ms: z.number() });
export const ledgerSchema = z.object({ callingUnits: z.number(), doneUnits: z.number() });
export const doneSchema = z.object({ done: z.literal(true) });
