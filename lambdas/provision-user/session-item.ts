import type { SessionItem, Store } from '../signups/ledger.ts';
import { blankSession, sessionItemId } from '../signups/ledger.ts';
import type { Clock } from '../signups/ports.ts';

/** How long a worker believes what it read: of a pause, and of a `direct` vendor's refusals. */
const believedMs = 10_000;

/** The destination's one session item, as one worker sees it. A blank one stands for its absence. */
export interface SharedItem {
  readonly read: () => Promise<SessionItem>;
  /** What was read, or written, less than ten seconds ago. */
  readonly believed: () => SessionItem | undefined;
  /** Puts `next` in the place of `item`. @returns what stands there now: `next`, or what somebody else wrote in between */
  readonly replace: (
    item: SessionItem,
    next: SessionItem,
  ) => Promise<{ readonly applied: boolean; readonly item: SessionItem }>;
  /**
   * Reads, changes and writes the item until the write holds. A change to `undefined` leaves it as it is.
   *
   * @returns what was written, if anything
   * @throws Error after 10 lost races
   */
  readonly update: (change: (item: SessionItem) => SessionItem | undefined) => Promise<SessionItem | undefined>;
}

interface Deps {
  readonly sessions: Store<SessionItem>;
  readonly now: Clock;
  readonly newId: () => string;
}

export function createSharedItem(destination: string, { sessions, now, newId }: Deps): SharedItem {
  const blank = blankSession(destination);
  let belief: { readonly item: SessionItem; readonly until: number } | undefined;

  const believe = (item: SessionItem = blank): SessionItem => {
    belief = { item, until: now() + believedMs };
    return item;
  };
  const read: SharedItem['read'] = async () => believe(await sessions.read(sessionItemId(destination)));
  const replace: SharedItem['replace'] = async (item, next) => {
    const stamped = { ...next, writeId: newId() };
    const written = await sessions.write(stamped, item.writeId === blank.writeId ? null : item.writeId);
    return { applied: written.applied, item: believe(written.applied ? stamped : written.found) };
  };

  return {
    read,
    believed: () => (belief !== undefined && belief.until > now() ? belief.item : undefined),
    replace,
    update: async (change) => {
      let item = await read();
      for (let tries = 0; tries < 10; tries++) {
        const changed = change(item);
        if (changed === undefined) return undefined;
        const replaced = await replace(item, changed);
        if (replaced.applied) return replaced.item;
        item = replaced.item;
      }
      throw new Error('the session item is being written by too many');
    },
  };
}
