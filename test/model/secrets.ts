import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Environment } from './environment.ts';

/** Secrets Manager's part of the world: the latest version of each secret. */
export interface Secrets {
  readonly clientFor: (environment: Environment) => SecretsManagerClient;
  /** @returns the new version's id */
  readonly put: (id: string, value: unknown) => string;
  readonly text: () => string;
}

export function createSecrets(now: () => number): Secrets {
  const latest = new Map<string, { readonly version: string; readonly text: string; readonly createdAt: number }>();
  let versions = 0;
  return {
    put: (id, value) => {
      const version = `version-${++versions}`;
      latest.set(id, { version, text: JSON.stringify(value), createdAt: now() });
      return version;
    },
    clientFor: (environment) => {
      const send = (command: unknown) => {
        if (!(command instanceof GetSecretValueCommand)) throw new Error('the model’s secrets can only be read');
        const { SecretId: id = '' } = command.input;
        return environment.ask('read secret', () => {
          const found = latest.get(id);
          if (found === undefined) throw new Error(`the model has no secret ${id}`);
          return { VersionId: found.version, SecretString: found.text, CreatedDate: new Date(found.createdAt) };
        });
      };
      return Object.create(SecretsManagerClient.prototype, { send: { value: send } });
    },
    text: () => JSON.stringify([...latest.values()]),
  };
}
