import type { OwnSettings } from '../platforms/platform.ts';
import type { ProvisionUserConfig } from './config.ts';
import { parseProvisionUserConfig } from './config.ts';

/** What a worker is started with. */
export interface WorkerSettings<Own extends OwnSettings> {
  readonly config: ProvisionUserConfig<Own>;
  readonly table: string;
  readonly topicArn: string;
  readonly queueUrl: string;
}

/**
 * Reads a worker's settings, once.
 *
 * @param configText `config.json`, written beside the bundle at synth
 * @param environment `TABLE_NAME`, `TOPIC_ARN`, `QUEUE_URL`
 * @throws Error with everything that is missing at once
 */
export function readSettings<Own extends OwnSettings>(
  configText: string,
  environment: Readonly<Record<string, string | undefined>>,
): WorkerSettings<Own> {
  const { TABLE_NAME: table = '', TOPIC_ARN: topicArn = '', QUEUE_URL: queueUrl = '' } = environment;
  const missing = Object.entries({ TABLE_NAME: table, TOPIC_ARN: topicArn, QUEUE_URL: queueUrl })
    .filter(([, value]) => value === '')
    .map(([name]) => name);
  if (missing.length > 0)
    throw new Error(`the function's environment lacks ${missing.join(', ')}; deploy the stack again`);
  return { config: parseProvisionUserConfig(JSON.parse(configText)), table, topicArn, queueUrl };
}
