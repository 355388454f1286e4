import type { SignupItem } from '../signups/ledger.ts';
import { withoutAddresses } from '../signups/without-addresses.ts';
import { type DestinationState, stateOf } from './state.ts';

/** The answer to whoever asks for a signup: a state for each destination of its source. */
export interface SignupStatus {
  readonly signupId: string;
  readonly source: string;
  /** What the sender calls the signup, such as an order number; `null` where it has none, or nobody has read it yet. */
  readonly reference: string | null;
  readonly destinations: Readonly<Record<string, DestinationState>>;
}

/**
 * Puts the answer together.
 *
 * @param items each of the source's destinations with what the ledger has of the signup there, in the config's order
 * @param now milliseconds since the epoch
 */
export function statusOf(
  signupId: string,
  source: string,
  items: readonly (readonly [destination: string, item: SignupItem | undefined])[],
  now: number,
): SignupStatus {
  const reference = items.map(([, item]) => item?.reference).find((each) => each !== undefined);
  return {
    signupId,
    source,
    reference: reference === undefined ? null : withoutAddresses(reference),
    destinations: Object.fromEntries(items.map(([destination, item]) => [destination, stateOf(item, now)])),
  };
}
