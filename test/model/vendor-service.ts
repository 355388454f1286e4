import type { Duplicates } from '../../lambdas/platforms/platform.ts';
import type { History } from './history.ts';

/** What the vendor at its own end knows and does. It keeps what vendors.md is sure of, strictly, and takes the harsher side elsewhere. */
export interface VendorService {
  /** The key that it accepts now. */
  readonly key: () => string;
  /** Accepts another key from now on; sessions end. */
  readonly changeKey: (key: string) => void;
  readonly endSession: (why: string) => void;
  /** Takes no calls until `until`. */
  readonly goDown: (until: number) => void;
  readonly isDown: () => boolean;
  readonly logIn: (key: string) => { readonly token: string; readonly livesMs: number } | 'refused' | 'locked';
  readonly check: (access: { readonly key: string; readonly token: string }) => Access;
  /** The person's account, if there is one. */
  readonly find: (personKey: string) => VendorAccount | undefined;
  readonly create: (asked: Asked) => VendorAccount | 'duplicate' | 'rejected';
  readonly register: (registration: VendorRegistration) => 'registered' | 'already' | 'rejected';
  readonly accounts: readonly VendorAccount[];
  readonly registrations: readonly VendorRegistration[];
  /** Whether it ever locked the customer's account. */
  readonly wasLocked: () => boolean;
  /** Tokens given out so far, and the one that it accepts. */
  readonly tokens: readonly string[];
  readonly validToken: () => string | undefined;
}

type Access = 'granted' | 'token-refused' | 'credentials-refused';

export interface VendorAccount {
  readonly userId: string;
  readonly personKey: string;
  /** The signup's reference, by which the account is known to be its. */
  readonly reference: string;
  readonly password: string;
}

export interface VendorRegistration {
  readonly personKey: string;
  readonly reference: string;
  readonly offering: string;
}

/** The offering that is closed to everybody. */
export const closedOffering = 'closed';

export interface Asked {
  readonly personKey: string;
  readonly reference: string;
  readonly isRefused: boolean;
  readonly password: string | null;
}

/** A token's life, and the lock: "After 5 failed logins API access is locked for 15 minutes" (Electa API 3.0, Token). */
const tokenLifeMs = 20 * 60_000;
const lockMs = 15 * 60_000;
const lockAfter = 5;

export function createVendorService(
  now: () => number,
  history: History,
  options: { readonly access: 'session' | 'direct'; readonly duplicates: Duplicates },
): VendorService {
  const accounts: VendorAccount[] = [];
  const registrations: VendorRegistration[] = [];
  const tokens: string[] = [];
  let key = 'canary-key-1';
  let session: { readonly token: string; readonly until: number } | undefined;
  let refusals: number[] = [];
  let lockedUntil = 0;
  let downUntil = 0;

  function refuse(): 'refused' {
    refusals = [...refusals.filter((at) => at > now() - lockMs), now()];
    if (refusals.length >= lockAfter) lockedUntil = now() + lockMs;
    return 'refused';
  }

  const endSession = (why: string): void => {
    if (session !== undefined) history.add({ kind: 'session ended', why });
    session = undefined;
  };
  const find = (personKey: string) => accounts.find((account) => account.personKey === personKey);
  const isLocked = () => lockedUntil > now();

  return {
    key: () => key,
    changeKey: (next) => {
      key = next;
      endSession('the key was changed');
    },
    endSession,
    goDown: (until) => {
      downUntil = until;
    },
    isDown: () => downUntil > now(),
    logIn: (given) => {
      if (isLocked()) return 'locked';
      if (given !== key) return refuse();
      // Whether a new token ends the earlier is unknown of Electa: the harsher way is taken.
      endSession('another login');
      const token = `canary-token-${tokens.length + 1}`;
      tokens.push(token);
      session = { token, until: now() + tokenLifeMs };
      return { token, livesMs: tokenLifeMs };
    },
    check: (given) => {
      if (options.access === 'session')
        return session !== undefined && session.token === given.token && session.until > now()
          ? 'granted'
          : 'token-refused';
      return given.key === key ? 'granted' : 'credentials-refused';
    },
    find,
    create: ({ personKey, reference, isRefused, password }) => {
      if (isRefused) return 'rejected';
      if (options.duplicates === 'refused' && find(personKey) !== undefined) return 'duplicate';
      const number = accounts.length + 1;
      const account = {
        userId: String(9000 + number),
        personKey,
        reference,
        password: password ?? `canary-vendor-password-${number}`,
      };
      accounts.push(account);
      return account;
    },
    register: (registration) => {
      const { personKey, offering } = registration;
      if (find(personKey) === undefined || offering === closedOffering) return 'rejected';
      const isThere = registrations.some((other) => other.personKey === personKey && other.offering === offering);
      if (!isThere) registrations.push(registration);
      return isThere ? 'already' : 'registered';
    },
    accounts,
    registrations,
    wasLocked: () => lockedUntil > 0,
    tokens,
    validToken: () => (session !== undefined && session.until > now() ? session.token : undefined),
  };
}
