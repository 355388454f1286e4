import { setTimeout as sleep } from 'node:timers/promises';
import type { Academy } from '../academy.ts';

const patienceMs = 20_000;

/** Kills (SIGKILL) one of a destination's workers while it has an invocation. @returns whether there was one */
export async function killBusyWorker({ stack }: Academy, destination: string): Promise<boolean> {
  const worker = stack.functions[`provision-${destination}`];
  const until = Date.now() + patienceMs;
  while (worker !== undefined && Date.now() < until) {
    const [pid] = worker.busyPids();
    if (pid !== undefined) {
      process.kill(pid, 'SIGKILL');
      return true;
    }
    await sleep(1);
  }
  return false;
}
