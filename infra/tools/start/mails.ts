import { rmSync } from 'node:fs';
import { relative } from 'node:path';
import type { SendMail } from '../../../lambdas/welcome-mailer/ports.ts';
import { mailFolder } from '../../local/mailer/mail-folder.ts';

export interface CollectedMails {
  /** Writes a mail to a file. */
  readonly send: SendMail;
  /** Prints a line for each mail so far, and for each that comes. */
  readonly printFromNowOn: () => void;
}

/**
 * Writes learners' mails to a folder, which is emptied first.
 *
 * @param root what is printed is relative to it
 */
export function collectMails(folder: string, root: string): CollectedMails {
  rmSync(folder, { recursive: true, force: true });
  let print = (line: string): void => void waiting.push(line);
  const waiting: string[] = [];
  return {
    send: mailFolder(folder, Date.now, ({ subject }, file) => {
      const time = new Date().toISOString().slice(11, 23);
      print(`  ${time}  mail       ${relative(root, file)}  ${subject}`);
    }),
    printFromNowOn: () => {
      print = console.log;
      for (const line of waiting.splice(0)) print(line);
    },
  };
}
