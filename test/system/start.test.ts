import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListSubscriptionsCommand } from '@aws-sdk/client-sns';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { localAwsClients } from '../../infra/local/aws-clients.ts';
import { type StackFile, stackFileSchema } from '../../infra/tools/start/stack-file.ts';

const root = join(import.meta.dirname, '../..');
const stackFile = join(root, '.local/stack.json');
const patience = { timeout: 40_000, interval: 50 };

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Resolves when it is up. @throws Error with what it printed where it ends before */
  readonly up: () => Promise<StackFile>;
}

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** `npm start`, without npm between. */
function start(...flags: string[]): Started {
  const child = spawn(process.execPath, [join(root, 'infra/tools/run.mjs'), 'start', ...flags], { cwd: root });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const up = async () => {
    await vi.waitUntil(() => output.includes('Events as they come') || child.exitCode !== null, patience);
    if (child.exitCode !== null) throw new Error(output);
    return stackFileSchema.parse(JSON.parse(readFileSync(stackFile, 'utf8')));
  };
  return { child, output: () => output, up };
}

function writeConfig(config: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'matriculate-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'dev.json');
  writeFileSync(file, JSON.stringify(config));
  return file;
}

const electa = { platform: 'electa', credentials: 'discard' };
const shop = { shop: { preset: 'standard-webhooks' } };
const isAlive = (pid: number) => existsSync(`/proc/${pid}`);
const childrenOf = (pid: number | undefined): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

test("npm start shows a sample signup's way, prints a curl that works as pasted, and takes everything with it when it ends", async () => {
  const { child, output, up } = start('--config', writeConfig({ sources: shop, destinations: { classroom: electa } }));
  const stack = await up();
  const way =
    /shop → classroom[\s\S]*?0 ms\s+sent[\s\S]*? accepted[\s\S]*? queued[\s\S]*? account made[\s\S]*? event .*created/;
  expect(output()).toMatch(way);
  expect(stack).toMatchObject({ pid: child.pid, stage: 'dev', tableName: 'matriculate-dev-ledger' });
  expect(Object.keys(stack.queueUrls)).toEqual(['classroom']);

  const [curl = ''] = /curl -i[\s\S]*?(?=\n\n)/.exec(output()) ?? [];
  const answer = execFileSync('sh', ['-c', curl], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  expect(answer).toMatch(/^HTTP\/1\.1 202 [\s\S]*"signupId":"shop\./);
  await vi.waitUntil(() => /created\s+shop → classroom/.test(output()), patience);

  const workers = childrenOf(child.pid);
  expect(workers.length).toBeGreaterThanOrEqual(2);
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
  expect(workers.filter(isAlive)).toEqual([]);
  expect(existsSync(stackFile)).toBe(false);
  expect(readdirSync(join(root, '.local')).filter((name) => name.startsWith(`stack-${child.pid}-`))).toEqual([]);
});

test('a real vendor gets no demo signup and no made-up credentials; and every worker ends with npm start, even when that is killed', async () => {
  let calls = 0;
  const vendor = createServer((_, response) => {
    calls++;
    response.end();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    vendor.close();
  });
  await once(vendor, 'listening');
  const address = vendor.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const file = writeConfig({
    sources: { shop: { ...shop.shop, to: ['classroom'] }, crm: { ...shop.shop, to: ['live'] } },
    destinations: { classroom: electa, live: { ...electa, url } },
  });
  await expect(start('--config', file).up()).rejects.toThrow('destinations/live: is missing');

  const secrets = join(file, '..', 'secrets.json');
  writeFileSync(secrets, JSON.stringify({ 'destinations/live': { cid: '1', appKey: 'x'.repeat(32) } }));
  const { child, output, up } = start('--config', file, '--secrets', secrets);
  await up();
  expect(output()).toContain('shop → classroom');
  expect(output()).toContain(`live gets no sample signup: it is a real vendor, at ${url}`);
  expect(calls).toBe(0);

  const workers = childrenOf(child.pid);
  expect(workers.length).toBeGreaterThanOrEqual(2);
  child.kill('SIGKILL');
  await vi.waitUntil(() => !workers.some(isAlive), patience);
});

test('a listener ends well when whoever reads its events has enough, and leaves neither queue nor subscription behind', async () => {
  const { up } = start('--config', writeConfig({ sources: shop, destinations: { classroom: electa } }), '--no-demo');
  const { endpoints, region } = await up();
  const clients = localAwsClients(endpoints, region);
  onTestFinished(() => clients.destroy());
  const left = async () => ({
    queues: (await clients.sqs.send(new ListQueuesCommand({}))).QueueUrls?.toSorted(),
    subscriptions: (await clients.sns.send(new ListSubscriptionsCommand({}))).Subscriptions?.length,
  });
  const before = await left();
  const tool = (name: string, ...words: string[]) =>
    spawn(process.execPath, [join(root, 'infra/tools/run.mjs'), name, ...words], { cwd: root });
  const listener = tool('listen', '--json');
  let errors = '';
  listener.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = once(listener, 'close');
  await vi.waitUntil(() => errors.includes('Listening to'), patience);
  expect(await left()).not.toEqual(before);
  listener.stdout.destroy();
  await once(tool('republish', 'samples'), 'exit');
  expect(await ended).toEqual([0, null]);
  expect(errors).toMatch(/^Listening to .*\n$/);
  expect(await left()).toEqual(before);
});

test('--no-demo sends nothing, and a taken port that was asked for is told', async () => {
  const file = writeConfig({ sources: shop, destinations: { classroom: electa } });
  const { output, up } = start('--config', file, '--no-demo');
  const stack = await up();
  expect(output()).not.toContain('sent');
  const counts: unknown = await (await fetch(`${stack.simulators.classroom}/_simulator/counts`)).json();
  expect(counts).toEqual({});
  const { port } = new URL(stack.url);
  await expect(start('--config', file, '--port', port).up()).rejects.toThrow(`Port ${port} is taken`);
});
