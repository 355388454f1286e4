import { ConfigError } from '../checks/mistakes.ts';

/** Something that whoever typed a command can mend: printed as it is, without a stack trace. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}

/** What is printed of an error; `undefined` for a mistake of ours, whose stack trace is wanted. */
export const toolErrorText = (error: unknown): string | undefined =>
  error instanceof ToolError || error instanceof ConfigError ? error.message : undefined;
