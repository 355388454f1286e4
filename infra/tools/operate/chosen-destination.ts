import type { ReachedStage } from '../ledger/reached-stage.ts';
import { ToolError } from '../tool-error.ts';

/** @throws ToolError where none is named, or one that is not there */
export function chosenDestination(word: string | undefined, stage: ReachedStage, usage: string): string {
  const known = stage.destinations.join(', ');
  if (word === undefined) throw new ToolError(`Which destination? ${usage}; in ${stage.title} there are ${known}`);
  if (!stage.destinations.includes(word))
    throw new ToolError(
      `${word} is neither a stage nor a destination of ${stage.title} (there are ${known}). ${usage}`,
    );
  return word;
}
