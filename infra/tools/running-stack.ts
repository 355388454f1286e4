import { join } from 'node:path';
import { readStackFile, type StackFile } from './start/stack-file.ts';

/** The stack that `npm start` runs on this machine, if it is up. */
export const runningStack = (): StackFile | undefined =>
  readStackFile(join(import.meta.dirname, '../../.local/stack.json'));
