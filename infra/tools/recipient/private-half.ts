import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type PrivateKeys, readPrivateKeys } from '../../../lambdas/subscriber/private-keys.ts';
import { shellQuote } from '../start/shell-quote.ts';
import { ToolError } from '../tool-error.ts';

/** Where a recipient's private keys are kept, as a JWK set: `{"keys": [{"kty": "EC", "crv": "P-256", "x", "y", "d", "kid"}]}`. */
export interface KeyKeeper {
  /** For people. */
  readonly place: string;
  /**
   * The keys that are there.
   *
   * @param named the key ids that the config has
   * @throws ToolError where something else is there, or too little to be added to
   */
  readonly read: (named: readonly string[]) => Promise<PrivateKeys>;
  /** Replaces them. */
  readonly write: (keys: PrivateKeys) => Promise<void>;
}

const none: PrivateKeys = new Map();
const textOf = (keys: PrivateKeys): string => JSON.stringify({ keys: [...keys.values()] });

/** A secret, made when it is first written. */
export function secretKeeper(client: SecretsManagerClient, name: string): KeyKeeper {
  let isThere = false;
  return {
    place: `the secret ${name}`,
    read: async () => {
      try {
        const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: name }));
        isThere = true;
        return SecretString === '{}' ? none : keysIn(SecretString, `the secret ${name}`);
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return none;
        throw error;
      }
    },
    write: async (keys) => {
      const SecretString = textOf(keys);
      if (isThere) await client.send(new PutSecretValueCommand({ SecretId: name, SecretString }));
      else
        await client.send(
          new CreateSecretCommand({
            Name: name,
            SecretString,
            Description: 'Opens learners’ credentials; read by their recipient',
          }),
        );
      isThere = true;
    },
  };
}

/**
 * A file that only its owner can read, for a recipient in another account. It replaces the secret `secretName` there, so it must hold every key
 * that the config names.
 */
export const fileKeeper = (file: string, secretName: string): KeyKeeper => ({
  place: file,
  read: async (named) => {
    assertSafePlace(file);
    const keys = existsSync(file) ? keysIn(readFileSync(file, 'utf8'), file) : none;
    const lacking = named.filter((kid) => !keys.has(kid));
    if (lacking.length > 0)
      throw new ToolError(
        [
          `${file} lacks ${lacking.join(', ')}, which the config names: put into the secret, it would destroy what only that opens. In the recipient's account, fetch the keys first, then run this again:`,
          `    ${fetchKeys(file, secretName)}`,
          'If nobody has that key any more, take it out of the config instead.',
        ].join('\n'),
      );
    return keys;
  },
  write: async (keys) => {
    writeFileSync(file, `${textOf(keys)}\n`, { mode: 0o600 });
    // The mode above is for a new file only.
    chmodSync(file, 0o600);
  },
});

/** A shell's line that writes the secret into the file. */
export const fetchKeys = (file: string, secretName: string): string =>
  `(umask 077; aws secretsmanager get-secret-value --secret-id ${secretName} --query SecretString --output text > ${shellQuote(file)})`;

function assertSafePlace(file: string): void {
  if (!existsSync(dirname(file))) throw new ToolError(`--out ${file}: there is no folder ${dirname(file)}.`);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw new ToolError(`--out ${file} is a folder; name a file.`);
  // 1: in a repository, and not ignored. Outside of any, or without git, nothing can be committed.
  if (spawnSync('git', ['check-ignore', '--quiet', file], { cwd: dirname(file) }).status === 1)
    throw new ToolError(
      `--out ${file}: git would take the private keys there into the repository. Name a file outside of it, or one that it ignores, such as .local/keys.json.`,
    );
}

function keysIn(text: string, place: string): PrivateKeys {
  try {
    return readPrivateKeys(text);
  } catch (error) {
    throw new ToolError(
      `${place} holds something else than a recipient's private keys, and is left as it is (${error instanceof Error ? error.message : error}).`,
    );
  }
}
