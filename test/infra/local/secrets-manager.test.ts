import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { SecretStore } from '../../../infra/local/secrets-manager/secret-store.ts';
import { startSecretsManager } from '../../../infra/local/secrets-manager/server.ts';

let client: SecretsManagerClient;
beforeEach(async () => {
  const server = await startSecretsManager(new SecretStore());
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new SecretsManagerClient({ region: 'eu-central-1', endpoint: server.url, credentials });
  onTestFinished(server.close);
  await client.send(new CreateSecretCommand({ Name: 'm/dev/sources/shop', SecretString: 'one' }));
});

const get = (more: object = {}) => client.send(new GetSecretValueCommand({ SecretId: 'm/dev/sources/shop', ...more }));
const put = (SecretString: string, more: object = {}) =>
  client.send(new PutSecretValueCommand({ SecretId: 'm/dev/sources/shop', SecretString, ...more }));

describe('Secrets Manager on this machine', () => {
  test('gives the current version, with its id and age', async () => {
    const { SecretString, VersionId, VersionStages, CreatedDate, Name } = await get();
    expect({ SecretString, VersionStages, Name }).toEqual({
      SecretString: 'one',
      VersionStages: ['AWSCURRENT'],
      Name: 'm/dev/sources/shop',
    });
    expect(VersionId).toMatch(/^[0-9a-f-]{36}$/);
    expect(Date.now() - (CreatedDate?.getTime() ?? 0)).toBeLessThan(5000);
  });

  test('has no previous version before the first rotation', async () => {
    await expect(get({ VersionStage: 'AWSPREVIOUS' })).rejects.toThrow(ResourceNotFoundException);
  });

  test('moves AWSCURRENT to the version that is put, and AWSPREVIOUS to the one before it', async () => {
    const first = await get();
    const second = await put('two');
    await put('three');
    expect((await get()).SecretString).toBe('three');
    expect((await get({ VersionStage: 'AWSPREVIOUS' })).VersionId).toBe(second.VersionId);
    await expect(get({ VersionId: first.VersionId, VersionStage: 'AWSPREVIOUS' })).rejects.toThrow(
      ResourceNotFoundException,
    );
    expect((await get({ VersionId: first.VersionId })).SecretString).toBe('one');
  });

  test('takes the same token and text twice as one version, and refuses the token with another text', async () => {
    const ClientRequestToken = 'a'.repeat(32);
    await put('two', { ClientRequestToken });
    await put('two', { ClientRequestToken });
    expect((await get({ VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('one');
    await expect(put('other', { ClientRequestToken })).rejects.toThrow(ResourceExistsException);
  });

  test('revokes the previous version when its label is taken away', async () => {
    const first = await get();
    await put('two');
    const label = { SecretId: 'm/dev/sources/shop', VersionStage: 'AWSPREVIOUS', RemoveFromVersionId: first.VersionId };
    await client.send(new UpdateSecretVersionStageCommand(label));
    await expect(get({ VersionStage: 'AWSPREVIOUS' })).rejects.toThrow(ResourceNotFoundException);
  });

  test('describes and lists a secret without its value, found by name, ARN or ARN without suffix', async () => {
    const { ARN = '', VersionIdsToStages } = await client.send(
      new DescribeSecretCommand({ SecretId: 'm/dev/sources/shop' }),
    );
    expect(ARN).toMatch(/^arn:aws:secretsmanager:eu-central-1:000000000000:secret:m\/dev\/sources\/shop-[0-9a-f]{6}$/);
    expect(Object.values(VersionIdsToStages ?? {})).toEqual([['AWSCURRENT']]);
    expect((await get({ SecretId: ARN })).SecretString).toBe('one');
    expect((await get({ SecretId: ARN.slice(0, -7) })).SecretString).toBe('one');
    const { SecretList } = await client.send(new ListSecretsCommand({}));
    expect(SecretList?.map(({ Name }) => Name)).toEqual(['m/dev/sources/shop']);
    expect(JSON.stringify(SecretList)).not.toContain('one');
  });

  test('says by the errors of the real one what is not there or there already', async () => {
    await expect(get({ SecretId: 'nobody' })).rejects.toThrow(ResourceNotFoundException);
    const again = new CreateSecretCommand({ Name: 'm/dev/sources/shop', SecretString: 'x' });
    await expect(client.send(again)).rejects.toThrow(ResourceExistsException);
  });
});
