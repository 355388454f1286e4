import { z } from 'zod';
import type { CheckedConfig } from '../../checks/checked-config.ts';
import { logicalId, stackName } from '../../constructs/names.ts';

const outputsSchema = z.record(z.string(), z.record(z.string(), z.string()));

/**
 * What whoever deployed has to carry elsewhere: each source's address and, once, where results are told.
 *
 * @param outputs what `cdk deploy --outputs-file` wrote, as parsed JSON
 */
export function whatToPaste({ stage, sources, domain }: CheckedConfig, outputs: unknown): string {
  const of = outputsSchema.parse(outputs)[stackName(stage)] ?? {};
  const active = Object.keys(sources).filter((id) => sources[id]?.retired === false);
  const width = Math.max(...active.map((id) => id.length));
  return [
    '\nPaste each address into its sender, with the key that was set for it:\n',
    ...active.map((id) => `    ${id.padEnd(width)}  ${of[logicalId('WebhookUrl', id)] ?? '(not in the outputs)'}`),
    `\nSubscribers: ${of.ResultsTopicArn ?? '(not in the outputs)'}`,
    ...(domain === undefined
      ? []
      : [`The DNS record of ${domain.name} points to ${of.DomainTarget ?? '(not in the outputs)'}`]),
    '',
  ].join('\n');
}
