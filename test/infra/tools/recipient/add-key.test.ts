import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SecretStore } from '../../../../infra/local/secrets-manager/secret-store.ts';
import { startSecretsManager } from '../../../../infra/local/secrets-manager/server.ts';
import { addKey } from '../../../../infra/tools/recipient/add-key.ts';
import { fileKeeper, type KeyKeeper, secretKeeper } from '../../../../infra/tools/recipient/private-half.ts';
import { sealCredentials } from '../../../../lambdas/signups/sealing.ts';
import { decryptCredentials } from '../../../../lambdas/subscriber/decrypt-credentials.ts';
import { readPrivateKeys } from '../../../../lambdas/subscriber/private-keys.ts';
import { check, smallest } from '../../example-config.ts';

const name = 'matriculate/prod/recipients/mailer';
const credentials = { username: 'ada9041', password: 'c4n4ry' };

let folder: string;
let configFile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'matriculate-recipient-'));
  configFile = join(folder, 'prod.json');
  const { recipients, ...rest } = smallest;
  writeFileSync(configFile, `${JSON.stringify(rest, null, 2)}\n`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const publicKeys = () => check(JSON.parse(readFileSync(configFile, 'utf8'))).recipients.mailer ?? [];

describe.each(['Secrets Manager', 'a file'])('a key pair whose private half is in %s', (where) => {
  const store = new SecretStore();
  let keeper: KeyKeeper;
  let stored: () => string;
  let close = async () => {};
  beforeEach(async () => {
    const file = join(folder, 'mailer.json');
    if (where === 'a file') {
      keeper = fileKeeper(file, name);
      stored = () => readFileSync(file, 'utf8');
      return;
    }
    const server = await startSecretsManager(store);
    const settings = {
      endpoint: server.url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    };
    const client = new SecretsManagerClient(settings);
    keeper = secretKeeper(client, name);
    stored = () => store.version(store.find(name), {}).text;
    close = async () => {
      client.destroy();
      await server.close();
    };
  });
  afterEach(() => close());

  it('reads what the stage encrypts, before, during and after a change of keys', async () => {
    expect(await addKey(configFile, 'mailer', keeper)).toEqual({ kid: 'mailer-1', before: [], isFirst: true });
    const old = publicKeys();
    expect(await addKey(configFile, 'mailer', keeper)).toMatchObject({ kid: 'mailer-2', before: ['mailer-1'] });
    const both = publicKeys();
    expect(both.map(({ kid }) => kid)).toEqual(['mailer-1', 'mailer-2']);
    const keys = readPrivateKeys(stored());
    for (const recipients of [old, both, both.slice(1)])
      expect(await decryptCredentials(await sealCredentials(credentials, recipients), keys)).toEqual(credentials);
  });
});

describe('a key pair', () => {
  it('never takes a number again that its keeper knows, though the config has forgotten it', async () => {
    const keeper = fileKeeper(join(folder, 'keys.json'), name);
    const config = readFileSync(configFile, 'utf8');
    await addKey(configFile, 'mailer', keeper);
    writeFileSync(configFile, config);
    expect((await addKey(configFile, 'mailer', keeper)).kid).toBe('mailer-2');
  });

  it('leaves the config as it was where its private half could not be kept', async () => {
    const config = readFileSync(configFile, 'utf8');
    const broken = {
      ...fileKeeper(join(folder, 'keys.json'), name),
      write: () => Promise.reject(new Error('disk full')),
    };
    await expect(addKey(configFile, 'mailer', broken)).rejects.toThrow('disk full');
    expect(readFileSync(configFile, 'utf8')).toBe(config);
  });

  it('overwrites nothing that is something else', async () => {
    const file = join(folder, 'other.json');
    writeFileSync(file, '{"something": "else"}');
    await expect(addKey(configFile, 'mailer', fileKeeper(file, name))).rejects.toThrow(
      /holds something else .* left as it is/,
    );
    expect(readFileSync(file, 'utf8')).toBe('{"something": "else"}');
  });

  it('is put into no file that lacks a key of the config: what only that opens would be lost with the secret’s old value', async () => {
    const file = join(folder, 'keys.json');
    await addKey(configFile, 'mailer', fileKeeper(file, name));
    const sealed = await sealCredentials(credentials, publicKeys());
    const secret = readFileSync(file, 'utf8');
    rmSync(file);
    const config = readFileSync(configFile, 'utf8');
    const again = addKey(configFile, 'mailer', fileKeeper(file, name));
    await expect(again).rejects.toThrow(/lacks mailer-1[\s\S]*fetch the keys first/);
    await expect(again).rejects.toThrow(`get-secret-value --secret-id ${name} --query SecretString`);
    expect(existsSync(file)).toBe(false);
    expect(readFileSync(configFile, 'utf8')).toBe(config);
    // What the printed line fetches, with whatever rights a shell gives it.
    writeFileSync(file, secret);
    await addKey(configFile, 'mailer', fileKeeper(file, name));
    expect(await decryptCredentials(sealed, readPrivateKeys(readFileSync(file, 'utf8')))).toEqual(credentials);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['a file that git would commit', 'keys.json', /git would take the private keys/],
    ['a folder', '.', /is a folder/],
    ['a folder that is not there', 'no/keys.json', /there is no folder/],
  ])('has its private half in no such place: %s', async (_, path, message) => {
    execFileSync('git', ['init', '--quiet', folder]);
    await expect(addKey(configFile, 'mailer', fileKeeper(join(folder, path), name))).rejects.toThrow(message);
    writeFileSync(join(folder, '.gitignore'), 'ignored.json\n');
    await addKey(configFile, 'mailer', fileKeeper(join(folder, 'ignored.json'), name));
  });

  it('has its private half nowhere but at its keeper, in a file that nobody else can read', async () => {
    const file = join(folder, 'keys.json');
    await addKey(configFile, 'mailer', fileKeeper(file, name));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(configFile, 'utf8')).not.toContain('"d"');
  });
});
