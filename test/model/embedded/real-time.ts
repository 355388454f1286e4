import { setTimeout as sleep } from 'node:timers/promises';
import type { Time } from '../time.ts';

/** How long nothing may be due before everything is taken to have come to rest. */
const quietMs = 100;
const patienceMs = 90_000;

/** The machine's own time. @param isQuiet whether nothing but timers can move anything any more */
export function createRealTime(isQuiet: () => boolean): Time {
  const due = new Set<NodeJS.Timeout>();
  const after: Time['after'] = (milliseconds, run) => {
    const timer = setTimeout(() => {
      due.delete(timer);
      run();
    }, milliseconds);
    due.add(timer);
    return () => {
      due.delete(timer);
      clearTimeout(timer);
    };
  };
  return {
    now: Date.now,
    after,
    sleep: (milliseconds) => new Promise((resolve) => after(milliseconds, resolve)),
    run: async () => {
      const until = Date.now() + patienceMs;
      let quietSince = Number.POSITIVE_INFINITY;
      while (Date.now() < until) {
        await sleep(quietMs / 4);
        quietSince = due.size === 0 && isQuiet() ? Math.min(quietSince, Date.now()) : Number.POSITIVE_INFINITY;
        if (Date.now() - quietSince > quietMs) return true;
      }
      return false;
    },
  };
}
