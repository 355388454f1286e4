import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractVersion } from '../../infra/contract/event-types.ts';
import { exampleEvents } from '../../infra/contract/example-events.ts';
import { localAwsClients } from '../../infra/local/aws-clients.ts';
import { startDynamoDb } from '../../infra/local/servers/dynamodb.ts';
import type { RunningServer } from '../../infra/local/servers/listen.ts';
import { packSubscriber } from '../../infra/tools/pack-subscriber/pack.ts';
import libraryPackage from '../../lambdas/subscriber/package.json' with { type: 'json' };
import { changedAt } from '../fixtures/changed-at.ts';

// npm and a compiler are started.

const root = join(import.meta.dirname, '../..');
const textOf = (name: string): string => exampleEvents.find((example) => example.name === name)?.text ?? '';

/** The README's own code, and what it leaves to whoever reads it. */
const readme = readFileSync(join(root, 'lambdas/subscriber/README.md'), 'utf8');
const [handlerCode = '', newestCode = ''] = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
const yours = `
import { readFileSync } from 'node:fs';
import type { Credentials, SignupEvent } from 'matriculate-subscriber';

export const keysOfRecipient = async (): Promise<string> => readFileSync('keys.json', 'utf8');
export const doYourWork = async ({ id, sequence }: SignupEvent, credentials: Credentials | null): Promise<void> =>
  console.log([id, sequence, credentials?.password].join(' '));
`;
const program = `
import { readFileSync } from 'node:fs';
import { handleMessage } from './handler.ts';

for (const body of JSON.parse(readFileSync('messages.json', 'utf8'))) await handleMessage(body);
`;

let folder: string;
const run = (command: string, args: readonly string[]) =>
  execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A subscriber's project, with this repository's AWS SDK in it. */
const project = () => join(folder, 'project');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'matriculate-subscriber-'));
  const tarball = packSubscriber(folder);
  writeFileSync(join(folder, 'package.json'), '{"name": "mailer", "type": "module", "private": true}');
  // jose from this repository, so that no registry is asked.
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(root, 'node_modules/jose'), tarball]);
  mkdirSync(join(project(), 'node_modules'), { recursive: true });
  symlinkSync(join(root, 'node_modules/@aws-sdk'), join(project(), 'node_modules/@aws-sdk'));
  const files = { 'handler.ts': handlerCode, 'newest.ts': newestCode, 'yours.ts': yours, 'program.ts': program };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project(), name), text);
  cpSync(join(root, 'infra/contract/example/recipient.private.json'), join(project(), 'keys.json'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('installs with jose and nothing else', () => {
  const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
  expect(installed).toEqual(['jose', 'matriculate-subscriber']);
});

it('compiles the code of its README with a strict compiler', () => {
  const types = join(root, 'node_modules/@types');
  const options = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--noEmit'];
  const modules = ['--module', 'nodenext', '--target', 'es2022', '--allowImportingTsExtensions'];
  const node = ['--typeRoots', types, '--types', 'node'];
  const compile = () =>
    run(join(root, 'node_modules/.bin/tsc'), [...options, ...modules, ...node, 'project/program.ts']);
  expect(compile()).toBe('');
});

describe('the code of its README, run on a table', () => {
  let database: RunningServer;
  beforeAll(async () => {
    database = await startDynamoDb();
    const { url } = database;
    const clients = localAwsClients({ sqs: url, sns: url, dynamodb: url, secretsmanager: url }, 'eu-central-1');
    await clients.dynamodb.send(
      new CreateTableCommand({
        TableName: 'newest-events',
        KeySchema: [{ AttributeName: 'stream', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'stream', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    clients.destroy();
  });
  afterAll(() => database.close());

  /** @returns what work was done for these messages, a line each: id, sequence, password */
  async function workedOn(messages: readonly string[]): Promise<string[]> {
    writeFileSync(join(project(), 'messages.json'), JSON.stringify(messages));
    const env = {
      PATH: process.env.PATH ?? '',
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
      AWS_ENDPOINT_URL_DYNAMODB: database.url,
    };
    const { stdout } = await promisify(execFile)(process.execPath, ['program.ts'], { cwd: project(), env });
    return stdout.trim().split('\n').filter(Boolean);
  }
  const ofRun = (text: string, run: number): string => {
    const numbered = changedAt(JSON.parse(text), 'sequence', String(run).padStart(10, '0'));
    return JSON.stringify(changedAt(numbered, 'id', `shop.x/classroom/account/${run}`));
  };

  it('works once on each event and on no older one, with the password that it brought', async () => {
    const [first, second, third] = [1, 2, 3].map((run) => ofRun(textOf('created'), run));
    expect(await workedOn([second, second, first, third, second].map(String))).toEqual([
      'shop.x/classroom/account/2 0000000002 correct-horse-battery-staple',
      'shop.x/classroom/account/3 0000000003 correct-horse-battery-staple',
    ]);
    expect(await workedOn([third, first].map(String))).toEqual([]);
  });

  it('reads a password that is unconfirmed, and does nothing for a sample or a type that it does not know', async () => {
    const later = JSON.stringify({ ...JSON.parse(textOf('created')), type: 'matriculate.account.created.v2' });
    const messages = [textOf('existing-unconfirmed'), textOf('sample'), later];
    expect(await workedOn(messages.map((text, index) => ofRun(text, 11 + index)))).toEqual([
      'shop.x/classroom/account/11 0000000011 correct-horse-battery-staple',
    ]);
  });
});

it('brings the contract that it was made for, and is called by its version', () => {
  expect(libraryPackage.version).toBe(contractVersion);
  expect(readdirSync(join(folder, 'node_modules/matriculate-subscriber/contract'))).toEqual([
    'asyncapi.json',
    'examples',
    'schemas',
  ]);
});
