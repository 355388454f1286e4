import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SecretStore as StoredSecrets } from '../../infra/local/secrets-manager/secret-store.ts';
import { startSecretsManager } from '../../infra/local/secrets-manager/server.ts';
import { listen, type RunningServer } from '../../infra/local/servers/listen.ts';
import { createSecretStore } from '../../lambdas/aws/secrets.ts';

const stored = new StoredSecrets();
let server: RunningServer;

beforeAll(async () => {
  server = await startSecretsManager(stored);
});
afterAll(() => server.close());

const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
/** @param requestTimeout what only a hang reaches, on a loaded machine too; a test of a hang gives less */
const storeAt = (endpoint: string, requestTimeout = 20_000) =>
  createSecretStore(
    new SecretsManagerClient({
      endpoint,
      region: 'eu-central-1',
      credentials,
      maxAttempts: 1,
      requestHandler: { requestTimeout, throwOnRequestTimeout: true },
    }),
    { lifeMs: 1000, now: Date.now, random: Math.random },
  );

const make = (name: string, ...texts: string[]) => {
  stored.create(name, `arn:aws:secretsmanager:eu-central-1:000000000000:secret:${name}-abcdef`);
  for (const text of texts) stored.put(name, text);
};

test("the current version comes with Secrets Manager's id and time", async () => {
  const before = Date.now();
  make('one', '{"keys":["a"]}');
  const secret = await storeAt(server.url).current('one');
  expect(secret.value).toEqual({ keys: ['a'] });
  expect(secret.version).toMatch(/^[\da-f-]{36}$/);
  // Secrets Manager's times travel as seconds with a fraction.
  expect(Math.abs(secret.createdAt - before)).toBeLessThan(1000);
});

test('the previous version is the one before, or absent', async () => {
  make('rotated', '{"keys":["old"]}', '{"keys":["new"]}');
  make('never-rotated', '{}');
  const store = storeAt(server.url);
  expect((await store.current('rotated')).value).toEqual({ keys: ['new'] });
  expect((await store.previous('rotated'))?.value).toEqual({ keys: ['old'] });
  expect(await store.previous('never-rotated')).toBeUndefined();
});

test.each([
  ['missing', 'the secret missing does not exist, or has no value'],
  ['unfilled', 'the secret unfilled does not exist, or has no value'],
  ['no-json', 'the secret no-json holds no JSON'],
])('the secret that is %s is an error that names it and nothing that it holds', async (name, words) => {
  if (name === 'unfilled') make(name);
  if (name === 'no-json') make(name, 'canary-7f3a');
  await expect(storeAt(server.url).current(name)).rejects.toThrow(words);
  await expect(storeAt(server.url).current(name)).rejects.not.toThrow('canary');
});

test('a Secrets Manager that fails or hangs is an error that says how', async () => {
  const failing = await listen((_, response) => response.writeHead(500).end('{"__type":"InternalServiceError"}'));
  const hanging = await listen(() => undefined);
  await expect(storeAt(failing.url).current('one')).rejects.toThrow(
    'the secret one could not be read: InternalServiceError',
  );
  await expect(storeAt(hanging.url, 200).current('one')).rejects.toThrow(
    'the secret one could not be read: TimeoutError',
  );
  await Promise.all([failing.close(), hanging.close()]);
});
