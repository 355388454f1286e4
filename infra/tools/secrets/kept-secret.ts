import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { ToolError } from '../tool-error.ts';

/** A secret as Secrets Manager has it. */
export interface KeptSecret {
  readonly value: unknown;
  /** AWSCURRENT's VersionId. */
  readonly version: string;
  /** When that version was made. */
  readonly since: Date | undefined;
  /** AWSPREVIOUS's VersionId, if there is one. */
  readonly previous: string | undefined;
}

/** @returns undefined where there is no such secret, or it has no value at all */
export async function readSecret(client: SecretsManagerClient, secretId: string): Promise<KeptSecret | undefined> {
  try {
    const current = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: secretId }));
    const previous = Object.entries(VersionIdsToStages).find(([, labels]) => labels.includes('AWSPREVIOUS'))?.[0];
    const { VersionId = '', CreatedDate, SecretString = '' } = current;
    return { value: parse(secretId, SecretString), version: VersionId, since: CreatedDate, previous };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function parse(secretId: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ToolError(`The secret ${secretId} holds no JSON; set it again.`);
  }
}

export async function writeSecret(client: SecretsManagerClient, secretId: string, value: unknown): Promise<void> {
  await client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: JSON.stringify(value) }));
}

/** Takes the label AWSPREVIOUS away: nobody reads that version any more. @returns whether there was one */
export async function dropPrevious(client: SecretsManagerClient, secretId: string): Promise<boolean> {
  const previous = (await readSecret(client, secretId))?.previous;
  if (previous === undefined) return false;
  await client.send(
    new UpdateSecretVersionStageCommand({
      SecretId: secretId,
      VersionStage: 'AWSPREVIOUS',
      RemoveFromVersionId: previous,
    }),
  );
  return true;
}
