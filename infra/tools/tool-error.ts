import { ConfigError } from '../checks/mistakes.ts';

/** Something that whoever typed a command can mend: printed as it is, without a stack trace. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}

/**
 * Runs a tool for whoever typed a command: what they can mend is printed as it is, and the exit code is 1. A mistake of ours keeps its
 * stack trace.
 *
 * @param run whether everything went well
 */
export async function runTool(run: () => Promise<boolean>): Promise<void> {
  try {
    if (!(await run())) process.exitCode = 1;
  } catch (error) {
    if (!isMendable(error)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

const isMendable = (error: unknown): error is Error => error instanceof ToolError || error instanceof ConfigError;
