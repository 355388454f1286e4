import { z } from 'zod';
import type { Endpoints } from '../../infra/local/functions/endpoints.ts';

/** As much as ours have, so that neither waits more cheaply. */
export const peerMemoryMb = 512;

/** What `processes/peer.ts` is started with. */
export interface PeerOptions {
  readonly directory: string;
  /** The folder with its `index.mjs`. */
  readonly bundle: string;
  readonly region: string;
  readonly endpoints: Endpoints;
  readonly environment: Readonly<Record<string, string>>;
  /** How many webhooks it works on at a time. */
  readonly concurrency: number;
}

/** What it answers to any message; counted since it started. */
export const peerSnapshotSchema = z.object({
  url: z.string(),
  invocations: z.number(),
  errors: z.number(),
  coldStarts: z.number(),
  billedMs: z.number(),
  logBytes: z.number(),
});
export type PeerSnapshot = z.infer<typeof peerSnapshotSchema>;
