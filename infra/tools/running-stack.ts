import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export const stackFile = join(import.meta.dirname, '../../.local/stack.json');

const schema = z.object({
  url: z.string(),
  /** The config that it was started with. */
  configFile: z.string().optional(),
  /** One key of each source, by the source's id. */
  sourceKeys: z.record(z.string(), z.string()),
});

export type RunningStack = z.infer<typeof schema>;

/**
 * Reads what `npm start` wrote when it was up.
 *
 * @returns `undefined` where no stack runs on this machine
 * @throws Error where the file is not what `npm start` writes
 */
export function readRunningStack(file: string = stackFile): RunningStack | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  return schema.parse(JSON.parse(text));
}
