import { type ParseArgsConfig, parseArgs } from 'node:util';
import { ToolError } from './tool-error.ts';

/**
 * Takes the flags out of a command's words.
 *
 * @param usage the command as it is typed
 * @param options the flags that it knows, as `parseArgs` takes them
 * @throws ToolError saying what is not understood, and the usage
 */
export function readFlags<const Options extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: Options,
  words: readonly string[] = process.argv.slice(2),
) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    // The first sentence says what is wrong; the others are about words that begin with a dash.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new ToolError(`${sentence.replace(/\.?$/, '.')}\n\n    ${usage}\n`);
  }
}
