import { join } from 'node:path';
import { configFolder } from '../../config.ts';
import { readFlags } from '../read-flags.ts';
import { ToolError } from '../tool-error.ts';

export interface StartFlags {
  readonly config: string;
  readonly secrets: string | undefined;
  /** `undefined` where none was asked for: then another may be taken. */
  readonly port: number | undefined;
  readonly demo: boolean;
}

const usage = 'npm start -- [--config FILE] [--secrets FILE] [--port N] [--no-demo]';
const options = {
  config: { type: 'string' },
  secrets: { type: 'string' },
  port: { type: 'string' },
  'no-demo': { type: 'boolean' },
} as const;

/** @throws ToolError saying which word is not understood, and which are */
export function readStartFlags(words: readonly string[]): StartFlags {
  const { values, positionals } = readFlags(usage, options, words);
  const [word] = positionals;
  if (word !== undefined) throw new ToolError(`Unexpected argument '${word}'.\n\n    ${usage}\n`);
  const { config, secrets, port, 'no-demo': noDemo } = values;
  return {
    config: config ?? join(configFolder, 'dev.json'),
    secrets,
    port: port === undefined ? undefined : readPort(port),
    demo: !noDemo,
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new ToolError(`--port ${JSON.stringify(text)} is no port: a whole number from 1 to 65535.\n\n    ${usage}\n`);
}
