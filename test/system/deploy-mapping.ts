import type { Academy } from './academy.ts';
import { redeployWorker } from './redeploy-worker.ts';

/** Deploys a corrected mapping of a source to a destination's worker. */
export const deployMapping = (
  academy: Pick<Academy, 'directory' | 'stack'>,
  destination: string,
  source: string,
  mapping: Readonly<Record<string, string>>,
): Promise<void> =>
  redeployWorker(academy, destination, (config) => {
    const rules = config.sources[source];
    if (rules === undefined) throw new Error(`the worker of ${destination} knows no source ${source}`);
    const sources = { ...config.sources, [source]: { ...rules, mapping: { ...rules.mapping, ...mapping } } };
    return { ...config, sources };
  });
