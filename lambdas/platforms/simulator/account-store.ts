import type { Duplicates } from '../platform.ts';
import type { SimulatedAccount } from '../platform-simulator.ts';

/** The accounts of a simulated vendor. */
export interface AccountStore {
  /** Stores the account, unless the vendor refuses duplicates and has one with the same key. @returns whether it was stored */
  readonly add: (account: SimulatedAccount) => boolean;
  /** The account with this key, compared as `add` compares; the first where duplicates are allowed. */
  readonly find: (key: string) => SimulatedAccount | undefined;
  readonly all: () => readonly SimulatedAccount[];
}

/**
 * @param keyOf what the vendor holds unique, such as the address; compared trimmed and in lower case
 */
export function accountStore(duplicates: Duplicates, keyOf: (account: SimulatedAccount) => string): AccountStore {
  const accounts: SimulatedAccount[] = [];
  const first = new Map<string, SimulatedAccount>();
  const normal = (key: string) => key.normalize('NFC').trim().toLowerCase();
  return {
    add: (account) => {
      const key = normal(keyOf(account));
      if (first.has(key) && duplicates === 'refused') return false;
      if (!first.has(key)) first.set(key, account);
      accounts.push(account);
      return true;
    },
    find: (key) => first.get(normal(key)),
    all: () => accounts,
  };
}
