import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseProvisionUserConfig } from '../../lambdas/provision-user/config.ts';
import type { Academy } from './academy.ts';

/**
 * Deploys a corrected mapping to a destination's worker, as a deployment does: the function's own config is replaced, and its idle
 * processes are gone; the ledger and the queues stay.
 */
export async function deployMapping(
  { directory, stack }: Pick<Academy, 'directory' | 'stack'>,
  destination: string,
  source: string,
  mapping: Readonly<Record<string, string>>,
): Promise<void> {
  const worker = stack.functions[`provision-${destination}`];
  if (worker === undefined) throw new Error(`the stack has no worker for ${destination}`);
  let deployed = 0;
  for (const file of globSync('**/config.json', { cwd: directory })) {
    const path = join(directory, file);
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!isWorkerOf(json, destination)) continue;
    const config = parseProvisionUserConfig(json);
    const rules = config.sources[source];
    if (rules === undefined) throw new Error(`the worker of ${destination} knows no source ${source}`);
    const sources = { ...config.sources, [source]: { ...rules, mapping: { ...rules.mapping, ...mapping } } };
    writeFileSync(path, JSON.stringify({ ...config, sources }));
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
