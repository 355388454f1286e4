import { createLedger } from '../../../lambdas/aws/table.ts';
import type { SignupItem } from '../../../lambdas/signups/ledger.ts';
import type { Asker } from '../ask.ts';
import type { OperatedStage } from '../operate/operated-stage.ts';
import { ToolError } from '../tool-error.ts';
import { isOver, withoutPerson } from './erase.ts';
import { findPerson } from './find-person.ts';

/**
 * Erases a person's data from the ledger, after a yes.
 *
 * @param isSure whether the yes was given with the command
 * @returns what to say
 * @throws ToolError where a signup of theirs is under way, or was written in the meantime
 */
export async function forgetPerson(
  stage: OperatedStage,
  email: string,
  asker: Asker,
  isSure: boolean,
): Promise<string> {
  const items = await findPerson(stage, email);
  if (items.length === 0) return `The ledger of ${stage.title} knows no signup of ${email}.\n${elsewhere}`;
  const busy = items.filter((item) => !isOver(item));
  if (busy.length > 0)
    throw new ToolError(`Nothing was erased: ${list(busy)} is under way. When it has ended, run this again.`);
  const question = `${list(items)}: erase the person from ${items.length === 1 ? 'this signup' : `these ${items.length} signups`} of ${stage.title}? It can't be undone.`;
  if (!isSure && !(await asker.yes(question))) return 'Nothing was erased.';
  const { signups } = createLedger(stage.dynamodb, stage.tableName);
  for (const item of items) {
    const written = await signups.write(withoutPerson(item), item.writeId);
    if (!written.applied)
      throw new ToolError(`${list([item])} was written by a worker in the meantime; run this again.`);
  }
  return `Erased from ${list(items)}.\n${elsewhere}`;
}

const list = (items: readonly SignupItem[]): string =>
  items.map(({ signupId, destination }) => `${signupId} at ${destination}`).join(', ');

const elsewhere = [
  'What is not in the ledger is not erased by this: the account at the vendor, what subscribers were told, and what the sender has.',
  'A signup of theirs that is still on its way can’t be seen: run this again when it has ended.',
  'The table’s point-in-time recovery forgets after 35 days, a message in a queue or dead letter queue after 14; no log holds a person.',
].join('\n');
