import type { CheckedConfig } from '../../checks/checked-config.ts';
import { type Finding, note, ok } from './finding.ts';

/** A config with mistakes never gets here. */
export function lookAtConfig({ stage, warnings, ingestConcurrency, destinations }: CheckedConfig): Finding[] {
  const retired = Object.keys(destinations).filter((id) => destinations[id]?.retired);
  return [
    ...(warnings.length === 0
      ? [ok('config', 'nothing is wrong with it')]
      : warnings.map((text) => note('config', text))),
    ...retired.map((id) => note(`destinations/${id}`, 'is retired: it gets no new signups')),
    ...(stage === 'dev' || ingestConcurrency !== undefined
      ? []
      : [
          note(
            'config',
            'no "ingestConcurrency": a busy worker can take the concurrency that webhooks need; set it, if the account allows',
          ),
        ]),
  ];
}
