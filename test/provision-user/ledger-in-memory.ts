import type { Ledger, LedgerItem, Store } from '../../lambdas/signups/ledger.ts';

/** A ledger in memory, under the table's own conditions. */
export interface LedgerInMemory extends Ledger {
  readonly items: Map<string, LedgerItem>;
}

/** @param items what it holds from the start */
export function ledgerInMemory(...held: LedgerItem[]): LedgerInMemory {
  const items = new Map(held.map((each) => [each.id, each]));
  function store<T extends LedgerItem>(isOurs: (each: LedgerItem) => each is T): Store<T> {
    const held = (id: string): T | undefined => {
      const found = items.get(id);
      if (found === undefined || isOurs(found)) return found;
      throw new Error(`${id} holds something else`);
    };
    return {
      read: async (id) => held(id),
      // Without a pause between the condition and the write: of two at once, one loses.
      write: async (next, seen) => {
        const found = held(next.id);
        if ((found?.writeId ?? null) !== seen) return { applied: false, found };
        items.set(next.id, next);
        return { applied: true };
      },
      remove: async (id, seen) => {
        if (items.get(id)?.writeId === seen) items.delete(id);
      },
    };
  }
  return {
    items,
    signups: store((each) => each.kind === 'signup'),
    persons: store((each) => each.kind === 'person'),
    sessions: store((each) => each.kind === 'session'),
  };
}
