import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mail, SendMail } from '../../../lambdas/welcome-mailer/ports.ts';

/**
 * Writes mails to files instead of sending them. They hold passwords of simulated accounts, so nobody else can read them.
 *
 * @param onMail told of each mail and its file
 */
export function mailFolder(
  folder: string,
  now: () => number,
  onMail: (mail: Mail, file: string) => void = () => undefined,
): SendMail {
  let count = 0;
  return async (mail) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    count += 1;
    const time = new Date(now()).toISOString().slice(0, 19).replaceAll(':', '-');
    const file = join(folder, `${time}-${count}-${mail.to.replaceAll(/[^\w.@+-]/g, '_').slice(0, 100)}.txt`);
    writeFileSync(file, `To: ${mail.to}\nSubject: ${mail.subject}\n\n${mail.text}`, { mode: 0o600 });
    onMail(mail, file);
  };
}
