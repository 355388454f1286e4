import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningFunction } from '../../../infra/local/functions/invocation.ts';

const patienceMs = 20_000;
/** A killed process is missed within milliseconds. */
const missedWithinMs = 2_000;

/**
 * Kills (SIGKILL) one of a function's processes while it has an invocation. Where that had just ended, another one is tried.
 *
 * @returns whether an invocation died
 */
export async function killBusyWorker(worker: RunningFunction): Promise<boolean> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    const [pid] = worker.busyPids();
    if (pid === undefined) await sleep(1);
    else if (await dies(worker, pid)) return true;
  }
  return false;
}

async function dies(worker: RunningFunction, pid: number): Promise<boolean> {
  const before = worker.usage().errors;
  process.kill(pid, 'SIGKILL');
  const until = Date.now() + missedWithinMs;
  while (worker.usage().errors === before && worker.busyPids().includes(pid) && Date.now() < until) await sleep(1);
  return worker.usage().errors > before;
}
