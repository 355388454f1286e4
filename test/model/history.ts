import type { LedgerItem } from '../../lambdas/signups/ledger.ts';
import type { SignupMessage } from '../../lambdas/signups/message.ts';
import type { EffectName, Mode } from './effects.ts';

/** Everything that happened, in its order: the invariants are statements about this. */
export type Happening = { readonly at: number } & (
  | { readonly kind: 'sent'; readonly messageId: string; readonly sentAt: number; readonly message: SignupMessage }
  | { readonly kind: 'received'; readonly messageId: string; readonly worker: string; readonly receiveCount: number }
  | { readonly kind: 'acknowledged'; readonly messageId: string }
  | { readonly kind: 'dead-lettered'; readonly messageId: string }
  | {
      readonly kind: 'written';
      readonly worker: string;
      readonly before: LedgerItem | undefined;
      /** `undefined` where it was removed. */
      readonly after: LedgerItem | undefined;
      /** Milliseconds that the writer's clock was ahead. */
    }
  | { readonly kind: 'published'; readonly text: string }
  /** A request to create an account, or to register it for an offering, was carried out at the vendor, with this answer. */
  | {
      readonly kind: 'called';
      readonly worker: string;
      readonly reference: string;
      readonly offering: string | null;
      readonly answer: string;
      /** Whom the request named, as the vendor tells persons apart. */
      readonly personKey: string;
      readonly password: string | null;
    }
  /** The vendor's answer, or its absence, reached a worker that lives. */
  | {
      readonly kind: 'heard';
      readonly worker: string;
      readonly reference: string;
      readonly offering: string | null;
      readonly answer: string;
    }
  | { readonly kind: 'logged in'; readonly worker: string; readonly version: string; readonly answer: string }
  | { readonly kind: 'login asked'; readonly worker: string; readonly version: string }
  /** A login's end as its worker knows it; `unknown` also where the worker died. */
  | { readonly kind: 'login ended'; readonly worker: string; readonly version: string; readonly end: string }
  | { readonly kind: 'credentials refused'; readonly worker: string; readonly version: string }
  | { readonly kind: 'session ended'; readonly why: string }
  | { readonly kind: 'started'; readonly worker: string }
  | { readonly kind: 'died'; readonly worker: string; readonly why: string }
  | { readonly kind: 'went wrong'; readonly worker: string; readonly effect: EffectName; readonly mode: Mode }
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'broke'; readonly worker: string; readonly error: string }
);

type Kind = Happening['kind'];
export type Of<K extends Kind> = Extract<Happening, { kind: K }>;
type Untimed<T> = T extends Happening ? Omit<T, 'at'> : never;

export interface History {
  readonly all: readonly Happening[];
  readonly add: (happening: Untimed<Happening>) => void;
  readonly of: <K extends Kind>(kind: K) => Of<K>[];
}

export function createHistory(now: () => number): History {
  const all: Happening[] = [];
  return {
    all,
    add: (happening) => all.push({ at: now(), ...happening }),
    of: <K extends Kind>(kind: K) => all.filter((each): each is Of<K> => each.kind === kind),
  };
}
