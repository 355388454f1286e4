import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { contractVersion } from '../../infra/contract/event-types.ts';
import { exampleEvents } from '../../infra/contract/example-events.ts';
import { packSubscriber } from '../../infra/tools/pack-subscriber/pack.ts';
import libraryPackage from '../../lambdas/subscriber/package.json' with { type: 'json' };

// npm and a compiler are started.
vi.setConfig({ testTimeout: 60_000 });

const root = join(import.meta.dirname, '../..');
const created = exampleEvents[0]?.text ?? '';

const program = `
import { readFileSync } from 'node:fs';
import { decryptCredentials, readEvent, readPrivateKeys, standingOf, streamOf } from 'matriculate-subscriber';

const read = readEvent(readFileSync('event.json', 'utf8'));
if (read.kind === 'other') throw new Error(read.type);
const { credentials, person } = read.event.data;
const standing: 'new' | 'duplicate' | 'older' = standingOf(read.event, undefined);
const opened =
  credentials?.state === 'encrypted'
    ? await decryptCredentials(credentials.jwe, readPrivateKeys(readFileSync('keys.json', 'utf8')))
    : null;
console.log([person?.email, standing, streamOf(read.event), opened?.password].join(' '));
`;

let folder: string;
const run = (command: string, args: readonly string[]) =>
  execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'matriculate-subscriber-'));
  const tarball = packSubscriber(folder);
  writeFileSync(join(folder, 'package.json'), '{"name": "mailer", "type": "module", "private": true}');
  // jose from this repository, so that no registry is asked.
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(root, 'node_modules/jose'), tarball]);
  writeFileSync(join(folder, 'event.json'), created);
  writeFileSync(join(folder, 'program.ts'), program);
  execFileSync('cp', [join(root, 'infra/contract/example/recipient.private.json'), join(folder, 'keys.json')]);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('installs with jose and nothing else', () => {
  const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
  expect(installed).toEqual(['jose', 'matriculate-subscriber']);
});

it('reads and decrypts an event, and its types are those that a strict compiler wants', () => {
  const types = join(root, 'node_modules/@types');
  const options = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--typeRoots', types, '--types', 'node'];
  run(join(root, 'node_modules/.bin/tsc'), [...options, '--outDir', 'out', 'program.ts']);
  expect(run('node', ['out/program.js']).trim()).toBe(
    'ada@example.com new shop.Zk4vZr2mT0aJqWnX1yQe5g/classroom/account correct-horse-battery-staple',
  );
});

it('brings the contract that it was made for, and is called by its version', () => {
  expect(libraryPackage.version).toBe(contractVersion);
  expect(readdirSync(join(folder, 'node_modules/matriculate-subscriber/contract'))).toEqual([
    'asyncapi.json',
    'examples',
    'schemas',
  ]);
});
