import { join } from 'node:path';
import type { CheckedConfig, CheckedSource } from '../checks/checked-config.ts';
import { configFolder, readConfig, stagesIn } from '../config.ts';
import { localConfig } from '../local/local-config.ts';
import type { StackFile } from './start/stack-file.ts';
import { ToolError } from './tool-error.ts';

/** The stage that a command's words begin with, if they do: no source and no destination bears a stage's name. */
export interface AskedStage {
  /** `undefined` is the stack on this machine. */
  readonly stage: string | undefined;
  readonly config: CheckedConfig;
  readonly words: readonly string[];
}

export interface AskedSource extends AskedStage {
  readonly id: string;
  readonly source: CheckedSource;
  readonly file: string | undefined;
}

/**
 * Reads `[STAGE] …`.
 *
 * @param running the stack on this machine, if there is one: its config is meant where no stage is named; else the demo's
 * @throws ToolError where a stage comes second; ConfigError where the config has mistakes
 */
export async function readAskedStage(words: readonly string[], running: StackFile | undefined): Promise<AskedStage> {
  const [first, ...rest] = words;
  const [second] = rest;
  if (first !== undefined && stagesIn().includes(first))
    return { stage: first, config: await readConfig(join(configFolder, `${first}.json`)), words: rest };
  if (second !== undefined && stagesIn().includes(second))
    throw new ToolError(`${second} is a stage, and a stage comes first: ${second} ${first}`);
  const file = running?.configFile ?? join(configFolder, 'dev.json');
  return { stage: undefined, config: (await localConfig(file)).config, words };
}

/**
 * Reads `[STAGE] SOURCE [FILE]`.
 *
 * @throws ToolError where no source is named, or one that is not in the config; ConfigError where that has mistakes
 */
export async function readAskedSource(
  tool: string,
  words: readonly string[],
  running: StackFile | undefined,
): Promise<AskedSource> {
  const asked = await readAskedStage(words, running);
  const [id, file, ...more] = asked.words;
  const ids = Object.keys(asked.config.sources);
  if (id === undefined || more.length > 0)
    throw new ToolError(
      `npm run ${tool} [STAGE] SOURCE [FILE]; the sources of ${asked.config.stage} are ${ids.join(', ')}`,
    );
  const source = asked.config.sources[id];
  if (source === undefined) {
    const stages = stagesIn().join(', ');
    throw new ToolError(
      `${id} is neither a stage (there are ${stages}) nor a source of ${asked.config.stage} (there are ${ids.join(', ')})`,
    );
  }
  return { ...asked, id, source, file };
}
