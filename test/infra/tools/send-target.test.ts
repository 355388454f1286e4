import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AwsClients, localAwsClients } from '../../../infra/local/aws-clients.ts';
import { SecretStore } from '../../../infra/local/secrets-manager/secret-store.ts';
import { startSecretsManager } from '../../../infra/local/secrets-manager/server.ts';
import { deployedKey, deployedUrl, localTarget } from '../../../infra/tools/send-target.ts';
import type { StackFile } from '../../../infra/tools/start/stack-file.ts';
import { check, smallest } from '../example-config.ts';

const config = check(smallest);
const { stage } = config;
const [id = '', found] = Object.entries(config.sources)[0] ?? [];
if (found === undefined) throw new Error('the smallest config has no source');
const source = { ...found, verify: { scheme: 'standard-webhooks' } } as const;

describe('a deployed stage’s address', () => {
  const outputs = { [`matriculate-${stage}`]: { ApiUrl: 'https://abc.execute-api.eu-central-1.amazonaws.com' } };

  it('is what the command says, else the domain, else what the last deployment wrote down', () => {
    const domain = { name: 'signups.academy.example', certificate: 'arn' };
    expect(deployedUrl({ ...config, domain }, 'https://told.example/', outputs)).toBe('https://told.example');
    expect(deployedUrl({ ...config, domain }, undefined, outputs)).toBe('https://signups.academy.example');
    expect(deployedUrl(config, undefined, outputs)).toBe('https://abc.execute-api.eu-central-1.amazonaws.com');
  });

  it.each([undefined, null, {}, { other: { ApiUrl: 'https://a.example' } }, { [`matriculate-${stage}`]: {} }])(
    'is asked for where %j is all that is known',
    (unknown) => {
      expect(() => deployedUrl(config, undefined, unknown)).toThrow(/Say it by -- --url/);
    },
  );

  it.each(['http://a.example', 'https://a.example/webhooks/shop', 'a.example', ''])('is not %j', (told) => {
    expect(() => deployedUrl(config, told, outputs)).toThrow(/is no API's address/);
  });
});

describe('a deployed source’s key', () => {
  const secrets = new SecretStore();
  let clients: AwsClients;
  let close: () => Promise<void>;
  const right = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  beforeAll(async () => {
    const server = await startSecretsManager(secrets);
    const { url } = server;
    clients = localAwsClients({ sqs: url, sns: url, dynamodb: url, secretsmanager: url }, 'eu-central-1');
    close = server.close;
  });
  afterAll(async () => {
    clients.destroy();
    await close();
  });
  const keyOf = (text?: string) => {
    const name = `matriculate/${stage}/sources/${id}`;
    if (text !== undefined) {
      if (secrets.list().some((secret) => secret.name === name)) secrets.put(name, text);
      else secrets.create(name, `arn:${name}`, text);
    }
    return deployedKey({ stage, id, source }, clients.secretsManager);
  };

  it('is the first in its secret, and what is wrong with that is said without it', async () => {
    await expect(keyOf()).rejects.toThrow(/there is no secret/);
    await expect(keyOf('{}')).rejects.toThrow(/has no key yet/);
    await expect(keyOf('{"keys":[]}')).rejects.toThrow(/has no key yet/);
    await expect(keyOf('{"keys":["hunter2hunter2"]}')).rejects.toThrow(/^(?!.*hunter2).*first key.*is no base64/s);
    expect(await keyOf(JSON.stringify({ keys: [right, 'other'] }))).toBe(right);
  });
});

describe('without a stage', () => {
  const asked = { stage: undefined, config, words: [], id, source, file: undefined };

  it('there must be a stack on this machine, with this source', async () => {
    await expect(localTarget(asked, undefined)).rejects.toThrow(/no stack runs on this machine/);
  });

  it('the key is the one that is in the stack’s secret now, whatever it was started with', async () => {
    const secrets = new SecretStore();
    const { url, close } = await startSecretsManager(secrets);
    const running: StackFile = {
      pid: process.pid,
      stage,
      configFile: 'dev.json',
      url: 'http://127.0.0.1:8787',
      endpoints: { sqs: url, sns: url, dynamodb: url, secretsmanager: url },
      region: 'eu-central-1',
      topicArn: 'arn',
      queueUrls: {},
      dlqUrls: {},
      tableName: 'ledger',
      sourceKeys: { [id]: 'the key before' },
      simulators: {},
      simulatorSettings: {},
    };
    await expect(localTarget(asked, running)).rejects.toThrow(/no secret .*started with another config/);
    const name = `matriculate/${stage}/sources/${id}`;
    secrets.create(name, `arn:${name}`, '{}');
    await expect(localTarget(asked, running)).rejects.toThrow(/no key yet: npm run secrets$/);
    const key = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
    secrets.put(name, JSON.stringify({ keys: [key] }));
    expect(await localTarget(asked, running)).toMatchObject({ url: running.url, source: id, key });
    await close();
  });
});
