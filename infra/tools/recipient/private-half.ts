import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type PrivateKeys, readPrivateKeys } from '../../../lambdas/subscriber/private-keys.ts';
import { ToolError } from '../tool-error.ts';

/** Where a recipient's private keys are kept, as a JWK set: `{"keys": [{"kty": "EC", "crv": "P-256", "x", "y", "d", "kid"}]}`. */
export interface KeyKeeper {
  /** For people. */
  readonly place: string;
  /** The keys that are there. @throws ToolError where something else is there */
  readonly read: () => Promise<PrivateKeys>;
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

/** A file that only its owner can read, for a recipient in another account. */
export const fileKeeper = (file: string): KeyKeeper => ({
  place: file,
  read: async () => (existsSync(file) ? keysIn(readFileSync(file, 'utf8'), file) : none),
  write: async (keys) => writeFileSync(file, `${textOf(keys)}\n`, { mode: 0o600 }),
});

function keysIn(text: string, place: string): PrivateKeys {
  try {
    return readPrivateKeys(text);
  } catch (error) {
    throw new ToolError(
      `${place} holds something else than a recipient's private keys, and is left as it is (${error instanceof Error ? error.message : error}).`,
    );
  }
}
