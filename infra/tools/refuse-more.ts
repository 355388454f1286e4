import { ToolError } from './tool-error.ts';

/**
 * What a command does not know must not be dropped in silence: whoever typed it meant something by it.
 *
 * @param more the words that are left over
 * @throws ToolError where there are any
 */
export function refuseMore(more: readonly string[], usage: string): void {
  if (more.length > 0) throw new ToolError(`${more.join(' ')} is too much: ${usage}`);
}
