import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type PrivateKeys, readPrivateKeys } from '../../../lambdas/subscriber/private-keys.ts';

/**
 * A recipient's private keys in Secrets Manager.
 *
 * @returns `undefined` where there is no such secret
 * @throws InvalidKeysError where it holds something else
 */
export async function privateKeysIn(client: SecretsManagerClient, SecretId: string): Promise<PrivateKeys | undefined> {
  try {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
    return readPrivateKeys(SecretString);
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
