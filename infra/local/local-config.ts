import type { CheckedConfig } from '../checks/checked-config.ts';
import { checkConfig, readConfigJson, stageOf, stagesIn, tryConfig } from '../config.ts';
import { madeUpRecipients } from './local-recipients.ts';

/** A config file's path, or what would be in one. */
export type ConfigSource = string | Readonly<Record<string, unknown>>;

export interface LocalConfig {
  readonly config: CheckedConfig;
  /** What the secrets of recipients hold whose keys were made up, by recipient. */
  readonly recipientSecrets: Readonly<Record<string, unknown>>;
}

/** @throws ConfigError with every mistake */
export async function localConfig(source: ConfigSource): Promise<LocalConfig> {
  const { json, secrets: recipientSecrets } = madeUpRecipients(
    typeof source === 'string' ? await readConfigJson(source) : source,
  );
  const config =
    typeof source === 'string'
      ? await tryConfig(json, { stage: stageOf(source), file: source, stages: stagesIn(), simulated: true })
      : checkConfig(json, { stage: 'dev', file: 'the config', stages: ['dev'], simulated: true });
  return { config, recipientSecrets };
}
