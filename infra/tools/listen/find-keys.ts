import { readFileSync, statSync } from 'node:fs';
import { InvalidKeysError } from '../../../lambdas/subscriber/invalid-keys-error.ts';
import { type PrivateKeys, readPrivateKeys } from '../../../lambdas/subscriber/private-keys.ts';
import { recipientSecretName } from '../../constructs/names.ts';
import { privateKeysIn } from '../recipient/private-keys-in.ts';
import { ToolError } from '../tool-error.ts';
import type { ReachedTopic } from './reached-topic.ts';

/**
 * The private keys that `--decrypt` names: a file, or a recipient whose keys are in the stage's Secrets Manager.
 *
 * @throws ToolError where there are none
 */
export async function findKeys(
  word: string,
  { config, clients }: Pick<ReachedTopic, 'config' | 'clients'>,
): Promise<PrivateKeys> {
  try {
    if (statSync(word, { throwIfNoEntry: false })?.isFile()) return readPrivateKeys(readFileSync(word, 'utf8'));
    const keys = await privateKeysIn(clients.secretsManager, recipientSecretName(config.stage, word));
    if (keys !== undefined) return keys;
  } catch (error) {
    if (error instanceof InvalidKeysError) throw new ToolError(`--decrypt ${word}: ${error.message}`);
    throw error;
  }
  const ids = Object.keys(config.recipients);
  throw new ToolError(
    `--decrypt ${word}: there is no file ${word}, and no private keys of a recipient ${word} (the config has ${ids.join(', ') || 'none'}); npm run recipient makes them.`,
  );
}
