import { record } from '../../checks/record.ts';
import { shellQuote } from '../start/shell-quote.ts';
import type { AddedKey } from './add-key.ts';
import { fetchKeys } from './private-half.ts';

/** A file with private keys that are to get into a secret of another account. */
export interface KeyFile {
  readonly file: string;
  readonly secretName: string;
}

/**
 * What there is left to do when a key was made, a line each.
 *
 * @param configText the config with the new key
 * @param out where the private half went, if into a file
 */
export function whatNext(id: string, added: AddedKey, configText: string, out: KeyFile | undefined): string[] {
  const { before } = added;
  const destinations = Object.values(record(record(JSON.parse(configText)).destinations));
  const isNamed = destinations.some((destination) => [record(destination).credentials].flat().includes(id));
  return [
    ...(out === undefined ? [] : intoTheSecret(added, out)),
    ...(isNamed ? [] : [`No destination gives it credentials yet: write "credentials": ["${id}"] where it should.`]),
    'Deploy the stage; from then on credentials are encrypted to this key.',
    ...(before.length === 0
      ? []
      : [
          `They still are to ${before.join(', ')} as well: remove ${before.length === 1 ? 'it' : 'them'} from the config when every reader has ${id}'s new key, and deploy.`,
        ]),
  ];
}

/** The first key makes the secret, and never replaces one; the others replace it by a file that has all of them. */
function intoTheSecret({ kid, isFirst }: AddedKey, { file, secretName }: KeyFile): string[] {
  const value = `--secret-string ${shellQuote(`file://${file}`)}`;
  if (!isFirst)
    return [
      'In the recipient’s account, then delete the file:',
      `    aws secretsmanager put-secret-value --secret-id ${secretName} ${value}`,
    ];
  return [
    'In the recipient’s account, then delete the file:',
    `    aws secretsmanager create-secret --name ${secretName} ${value}`,
    `If it says that the secret is there already, that holds older keys: take ${kid} out of the config again, fetch them, and run this again:`,
    `    ${fetchKeys(file, secretName)}`,
  ];
}
