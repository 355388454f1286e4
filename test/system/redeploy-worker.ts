import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ProvisionUserConfig, parseProvisionUserConfig } from '../../lambdas/provision-user/config.ts';
import type { Academy } from './academy.ts';

/**
 * Deploys a destination's worker anew, as a deployment does: the function's own config is replaced, and its idle processes are gone; the ledger and
 * the queues stay.
 *
 * @param change of the config that it has now
 */
export async function redeployWorker(
  { directory, stack }: Pick<Academy, 'directory' | 'stack'>,
  destination: string,
  change: (config: ProvisionUserConfig) => ProvisionUserConfig,
): Promise<void> {
  const worker = stack.functions[`provision-${destination}`];
  if (worker === undefined) throw new Error(`the stack has no worker for ${destination}`);
  let deployed = 0;
  for (const file of globSync('**/config.json', { cwd: directory })) {
    const path = join(directory, file);
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!isWorkerOf(json, destination)) continue;
    writeFileSync(path, JSON.stringify(change(parseProvisionUserConfig(json))));
    deployed += 1;
  }
  if (deployed === 0) throw new Error(`there is no config of a worker of ${destination} under ${directory}`);
  while (worker.busyPids().length > 0) await sleep(10);
  for (const pid of worker.pids()) process.kill(pid, 'SIGKILL');
  while (worker.pids().length > 0) await sleep(10);
}

const isWorkerOf = (json: unknown, id: string): boolean =>
  typeof json === 'object' &&
  json !== null &&
  'destination' in json &&
  typeof json.destination === 'object' &&
  json.destination !== null &&
  'id' in json.destination &&
  json.destination.id === id;
