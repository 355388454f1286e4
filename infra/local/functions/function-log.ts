import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A function's log on this machine: one file, which its processes write to themselves, so that a crash loses nothing. */
export interface FunctionLog {
  readonly file: string;
  /** For a process's stdout and stderr. */
  readonly fd: number;
  /** Lambda's own lines, such as `REPORT RequestId: …`. */
  readonly line: (text: string) => void;
  readonly read: () => string;
  readonly close: () => void;
}

/** Starts the log anew. */
export function openFunctionLog(directory: string, name: string): FunctionLog {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${name}.log`);
  // A new file: whoever still writes to the old one keeps it.
  rmSync(file, { force: true });
  const fd = openSync(file, 'a');
  let open = true;
  return {
    file,
    fd,
    line: (text) => {
      if (open) writeSync(fd, `${text}\n`);
    },
    read: () => readFileSync(file, 'utf8'),
    close: () => {
      open = false;
      closeSync(fd);
    },
  };
}
