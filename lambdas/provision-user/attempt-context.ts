import type { Sealer } from '../signups/sealing.ts';
import type { Signup } from '../signups/signup.ts';
import type { Draft } from './conclude.ts';
import type { ProvisionDeps } from './deps.ts';
import type { Session } from './session.ts';

/** What an attempt at a step works with. */
export interface Attempt {
  readonly deps: ProvisionDeps;
  readonly session: Session;
  readonly ledgerKey: string;
  readonly ledgerSealer: Sealer;
  readonly signup: Signup;
  readonly draft: Draft;
  /** Aborts at the record's deadline. */
  readonly signal: AbortSignal;
  readonly keepBody: () => Promise<string>;
}
