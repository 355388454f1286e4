import { stagesIn } from '../config.ts';
import { ToolError } from './tool-error.ts';

/**
 * What a command does not know must not be dropped in silence: whoever typed it meant something by it.
 *
 * @param words those after the stage
 * @param known how many of them the command takes
 * @throws ToolError where there are more
 */
export function refuseMore(words: readonly string[], known: number, usage: string): void {
  if (words.length <= known) return;
  const after = known === 0 ? '' : ` after ${words.slice(0, known).join(' ')}`;
  const stages = stagesIn().join(', ');
  throw new ToolError(
    `${words.slice(known).join(' ')} is too much${after}: ${usage}. The stages are ${stages}: is one of them misspelt?`,
  );
}
