import type { Verify } from '../../lambdas/receive-signup/config.ts';
import type { SignupField } from '../../lambdas/signups/signup.ts';

/**
 * What one kind of sender is like, so that a config needs no more than its name. A source's own `verify`, `dedupeKey`, `accept`, `mapping` and
 * `sample` replace these one by one. The README beside each preset says what to click in the sender.
 */
export interface Preset {
  /** The sender's own name, for people. */
  readonly title: string;
  readonly verify: Verify;
  /** Signed parts only: `webhook-id`, JSON Pointers into the body, or `body`. */
  readonly dedupeKey: readonly string[];
  /** JSONata over the payload: what is a signup at all. Everything, if absent. */
  readonly accept?: string;
  /** A signup's field to JSONata over the payload. */
  readonly mapping: Readonly<Partial<Record<SignupField, string>>>;
  /** A payload shaped as this sender really sends it: parsed JSON; the expressions are tried on it at synth, and the demo sends it. */
  readonly sample: unknown;
  /** The events to choose in the sender, by the names that its screens use. */
  readonly events: readonly string[];
}
