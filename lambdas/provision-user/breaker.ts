import type { SessionItem } from '../signups/ledger.ts';
import type { Observer } from '../signups/ports.ts';
import { refusalLimit, refusals } from './refusals.ts';
import { type Blocked, blocked } from './way-in.ts';

/** Stops logins, or calls, with credentials that the vendor has refused twice. Only another version of the secret closes it, or a person. */
export interface Breaker {
  /** That it is open for this version of the secret. */
  readonly openFor: (item: SessionItem, version: string) => Blocked | undefined;
  /** The vendor took the credentials, or nothing speaks against them: the alarm may end. */
  readonly tellClosed: () => void;
}

/** Tells the metric `BreakerOpen`: 1 each time that somebody is stopped, and one 0 when it closes. */
export function createBreaker(observer: Observer, destination: string): Breaker {
  let told: 0 | 1 | undefined;
  const tell = (open: 0 | 1): void => {
    told = open;
    observer.metric('BreakerOpen', open, { destination });
  };
  return {
    openFor: (item, version) => {
      if (refusals(item, version) < refusalLimit) return undefined;
      tell(1);
      const message = `the vendor refused the credentials ${refusalLimit} times; put the right ones into the secret, or ask for one more login`;
      return blocked('breaker-open', message);
    },
    tellClosed: () => {
      if (told !== 0) tell(0);
    },
  };
}
