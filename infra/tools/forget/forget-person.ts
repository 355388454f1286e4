import { createLedger } from '../../../lambdas/aws/table.ts';
import type { SignupItem } from '../../../lambdas/signups/ledger.ts';
import type { Asker } from '../ask.ts';
import { type AskedSignup, nameAsked, readAskedSignup } from '../ledger/asked-signup.ts';
import { count } from '../ledger/count.ts';
import type { OperatedStage } from '../operate/operated-stage.ts';
import { ToolError } from '../tool-error.ts';
import { isOver, withoutPerson } from './erase.ts';
import { type FoundPerson, type FoundSignup, findPerson } from './find-person.ts';

/**
 * Erases a person's data from the ledger, after a yes to a list that says why each signup is taken for theirs.
 *
 * @param word an e-mail address; or a signup's id or `SOURCE/REFERENCE`, for what no address finds
 * @param isSure whether the yes was given with the command
 * @returns what to say
 * @throws ToolError where a signup of theirs is under way, or was written in the meantime; where none is found, and one may be theirs all the same
 */
export async function forgetPerson(stage: OperatedStage, word: string, asker: Asker, isSure: boolean): Promise<string> {
  const asked = readAskedSignup(word, stage);
  const person = await findPerson(stage, asked);
  const items = person.found.map(({ item }) => item);
  if (items.length === 0) return sayNobody(stage, asked, person);
  const busy = items.filter((item) => !isOver(item));
  if (busy.length > 0)
    throw new ToolError(`Nothing was erased: ${list(busy)} is under way. When it has ended, run this again.`);
  if (!isSure && !(await asker.yes(questionOf(stage, person.found)))) return sayNo(stage);
  const { signups } = createLedger(stage.dynamodb, stage.tableName);
  for (const item of items) {
    const written = await signups.write(withoutPerson(item), item.writeId);
    if (!written.applied)
      throw new ToolError(`${list([item])} was written by a worker in the meantime; run this again.`);
  }
  return [`Erased from ${list(items)}, of ${stage.title}.`, ...sayNameless(stage, person), elsewhere].join('\n');
}

/** @throws ToolError unless it is certain that the ledger has none that has ended */
function sayNobody(stage: OperatedStage, asked: AskedSignup, person: FoundPerson): string {
  const none = `The ledger of ${stage.title} knows no signup ${nameAsked(asked)}.`;
  if (asked.kind !== 'email') throw new ToolError(none);
  if (person.nameless.length > 0)
    throw new ToolError(
      [`Nothing was erased: no signup ${nameAsked(asked)} was found.`, ...sayNameless(stage, person)].join('\n'),
    );
  return `${none}\n${elsewhere}`;
}

function questionOf({ title }: OperatedStage, found: readonly FoundSignup[]): string {
  const lines = found.map(({ item, why }) => {
    const reference = item.reference === undefined ? 'no reference' : `reference ${item.reference}`;
    return `  ${list([item])}, ${reference}: ${why}`;
  });
  const these = found.length === 1 ? 'this signup' : `these ${found.length} signups`;
  return [...lines, `Erase the person from ${these} of ${title}? It can't be undone.`].join('\n');
}

const sayNo = ({ word }: OperatedStage): string =>
  `Nothing was erased. One signup alone: npm run forget${word} ID, or SOURCE/REFERENCE.`;

function sayNameless({ word }: OperatedStage, { nameless }: FoundPerson): string[] {
  if (nameless.length === 0) return [];
  const destinations = [...new Set(nameless.map(({ destination }) => destination))].join(', ');
  return [
    `${count(nameless.length, 'signup')} at ${destinations} can't be found by an address, for their events name nobody ("personalData": "omit"). If one is theirs: npm run forget${word} SOURCE/REFERENCE, or ID.`,
  ];
}

const list = (items: readonly SignupItem[]): string =>
  items.map(({ signupId, destination }) => `${signupId} at ${destination}`).join(', ');

const elsewhere = [
  'What is not in the ledger is not erased by this: the account at the vendor, what subscribers were told, and what the sender has.',
  'A signup of theirs that is still on its way can’t be seen: run this again when it has ended.',
  'The table’s point-in-time recovery forgets after 35 days, a message in a queue or dead letter queue after 14; logs hold no learner’s e-mail address.',
].join('\n');
