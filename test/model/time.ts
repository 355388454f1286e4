import { idle } from './real-work.ts';

/** Virtual time: it stands still while anything real is being computed, and jumps to the next thing that is due. */
export interface Time {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Runs something later. @returns cancels it */
  readonly after: (milliseconds: number, run: () => void) => () => void;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Runs until nothing is due any more. @returns whether that came before the limits: `until`, and two million steps */
  readonly run: (until: number) => Promise<boolean>;
}

interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  cancelled: boolean;
}

const stepLimit = 2_000_000;

/** @param start milliseconds since the epoch */
export function createTime(start: number): Time {
  const heap: Due[] = [];
  let present = start;
  let order = 0;

  const after: Time['after'] = (milliseconds, run) => {
    const due: Due = { at: present + Math.max(0, milliseconds), order: order++, run, cancelled: false };
    push(heap, due);
    return () => {
      due.cancelled = true;
    };
  };

  return {
    now: () => present,
    after,
    sleep: (milliseconds) => new Promise((resolve) => after(milliseconds, resolve)),
    run: async (until) => {
      await idle();
      for (let steps = 0; steps < stepLimit; steps++) {
        const next = pop(heap);
        if (next === undefined) return true;
        if (next.cancelled) continue;
        if (next.at > until) return false;
        present = next.at;
        next.run();
        await idle();
      }
      return false;
    },
  };
}

const isBefore = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

function push(heap: Due[], due: Due): void {
  let at = heap.length;
  heap.push(due);
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !isBefore(due, parent)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = due;
}

function pop(heap: Due[]): Due | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (last === undefined || first === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    const below = smallerBelow(heap, at);
    const child = heap[below];
    if (child === undefined || !isBefore(child, last)) break;
    heap[at] = child;
    at = below;
  }
  heap[at] = last;
  return first;
}

function smallerBelow(heap: readonly Due[], at: number): number {
  const left = heap[2 * at + 1];
  const right = heap[2 * at + 2];
  return left !== undefined && right !== undefined && isBefore(right, left) ? 2 * at + 2 : 2 * at + 1;
}
