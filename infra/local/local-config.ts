import type { CheckedConfig } from '../checks/checked-config.ts';
import { checkConfig, readConfig } from '../config.ts';

/** A config file's path, or what would be in one. */
export type ConfigSource = string | Readonly<Record<string, unknown>>;

/** @throws ConfigError with every mistake */
export const localConfig = async (source: ConfigSource): Promise<CheckedConfig> =>
  typeof source === 'string'
    ? readConfig(source, { simulated: true })
    : checkConfig(source, { stage: 'dev', file: 'the config', stages: ['dev'], simulated: true });
