import { parseSignupStatusConfig, type SignupStatusConfig } from './config.ts';

/** Everything that the function is told at its start. */
export interface Settings {
  readonly config: SignupStatusConfig;
  readonly table: string;
}

/**
 * Reads `config.json`, written beside the bundle at synth, and the environment variable `TABLE_NAME`.
 *
 * @throws Error with every mistake in both, one a line
 */
export function readSettings(configText: string, environment: Readonly<Record<string, string | undefined>>): Settings {
  const mistakes: string[] = [];
  const { TABLE_NAME: table = '' } = environment;
  if (table === '') mistakes.push('TABLE_NAME: is not set; deploy the stack again');
  let config: SignupStatusConfig | undefined;
  try {
    config = parseSignupStatusConfig(JSON.parse(configText));
  } catch (error) {
    mistakes.push(`config.json: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (config === undefined || mistakes.length > 0)
    throw new Error(`signup-status can't start:\n${mistakes.join('\n')}`);
  return { config, table };
}
