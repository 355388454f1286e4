import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { configFolder } from '../../config.ts';
import { ToolError } from '../tool-error.ts';

export interface StartFlags {
  readonly config: string;
  readonly secrets: string | undefined;
  /** `undefined` where none was asked for: then another may be taken. */
  readonly port: number | undefined;
  readonly demo: boolean;
}

const usage = 'npm start -- [--config FILE] [--secrets FILE] [--port N] [--no-demo]';

/** @throws ToolError saying which word is not understood, and which are */
export function readStartFlags(words: readonly string[]): StartFlags {
  const { config, secrets, port, 'no-demo': noDemo } = parse(words);
  return {
    config: config ?? join(configFolder, 'dev.json'),
    secrets,
    port: port === undefined ? undefined : readPort(port),
    demo: !noDemo,
  };
}

function parse(words: readonly string[]) {
  try {
    const options = {
      config: { type: 'string' },
      secrets: { type: 'string' },
      port: { type: 'string' },
      'no-demo': { type: 'boolean' },
    } as const;
    return parseArgs({ args: [...words], options }).values;
  } catch (error) {
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new ToolError(`${sentence.replace(/\.?$/, '.')}\n\n    ${usage}\n`);
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new ToolError(`--port ${JSON.stringify(text)} is no port: a whole number from 1 to 65535.\n\n    ${usage}\n`);
}
