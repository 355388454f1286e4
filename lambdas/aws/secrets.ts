import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Clock, Secret, SecretStore } from '../signups/ports.ts';
import { createSecretCache, type ReadSecret, SecretUnusable } from './secret-cache.ts';

export interface SecretStoreOptions {
  /** How long a secret is kept before it is read again, give or take 10 %. */
  readonly lifeMs: number;
  readonly now: Clock;
  /** 0 ≤ random < 1. */
  readonly random: () => number;
}

/**
 * Secrets Manager behind a small cache of our own: the one of Powertools takes AWSPREVIOUS for AWSCURRENT and fails when a refresh does.
 * The client must have its time limits and attempts set.
 */
export const createSecretStore = (client: SecretsManagerClient, options: SecretStoreOptions): SecretStore =>
  createSecretCache({ ...options, read: secretReader(client) });

/** Reads a version of a secret from Secrets Manager. Errors name the secret and what kind of error it was, never what the secret holds. */
const secretReader =
  (client: SecretsManagerClient): ReadSecret =>
  async (id, stage) => {
    try {
      const found = await client.send(new GetSecretValueCommand({ SecretId: id, VersionStage: stage }));
      return secretOf(id, found.VersionId, found.SecretString, found.CreatedDate);
    } catch (error) {
      if (error instanceof ResourceNotFoundException) {
        if (stage === 'AWSPREVIOUS') return undefined;
        throw new SecretUnusable(`the secret ${id} does not exist, or has no value`);
      }
      if (error instanceof SecretUnusable) throw error;
      throw new Error(`the secret ${id} could not be read: ${error instanceof Error ? error.name : 'unknown error'}`);
    }
  };

function secretOf(id: string, version = '', text: string | undefined, createdAt = new Date(0)): Secret {
  if (text === undefined) throw new SecretUnusable(`the secret ${id} holds bytes; it must be JSON`);
  try {
    const value: unknown = JSON.parse(text);
    return { version, value, createdAt: createdAt.getTime() };
  } catch {
    throw new SecretUnusable(`the secret ${id} holds no JSON`);
  }
}
