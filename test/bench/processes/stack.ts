import { subscribe } from 'node:diagnostics_channel';
import { statSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { stackName } from '../../../infra/constructs/names.ts';
import { localAwsClients } from '../../../infra/local/aws-clients.ts';
import { type LocalStack, startLocalStack } from '../../../infra/local/local-stack.ts';
import { memoryOf, withoutPollers } from '../assembly.ts';
import { callKey } from '../call-key.ts';
import { ledgerUnits } from '../ledger-units.ts';
import { messageFor, peopleOf, source } from '../signups.ts';
import type { Snapshot, StackDescription, StackOptions, StackRequest } from '../stack-protocol.ts';

/** The whole stack in a process of its own, so that what it costs is not the bench's. Started with {@link StackOptions} as JSON. */
const options: StackOptions = JSON.parse(process.argv[2] ?? '');
let assembly = '';
let memoryMb: Record<string, number> = {};
let firstReceive = 0;

const stack: LocalStack = await startLocalStack({
  directory: options.directory,
  config: options.config,
  bundles: options.bundles,
  simulators: Object.fromEntries(
    Object.entries(options.latencyMs).map(([destination, latencyMs]) => [destination, { latencyMs }]),
  ),
  amend: (folder) => {
    assembly = folder;
    memoryMb = memoryOf(folder, stackName('dev'));
    if (!options.polled) withoutPollers(folder);
  },
  withoutGate: true,
  onReceive: () => {
    firstReceive ||= performance.now();
  },
});
const clients = localAwsClients(stack.endpoints, stack.region);
const functionNames = new Map(Object.entries(stack.functions).map(([name, { accessKeyId }]) => [accessKeyId, name]));
const awsPorts = new Set(Object.values(stack.endpoints).map((address) => Number(new URL(address).port)));
const awsCalls: Record<string, number> = {};

subscribe('http.server.request.start', (message) => {
  if (typeof message !== 'object' || message === null || !('request' in message)) return;
  const { request } = message;
  if (!(request instanceof IncomingMessage) || !awsPorts.has(request.socket.localPort ?? 0)) return;
  const key = callKey(request.headers, functionNames);
  if (key !== undefined) awsCalls[key] = (awsCalls[key] ?? 0) + 1;
});

const mapValues = <T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

const describe = (): StackDescription => ({
  url: stack.url,
  region: stack.region,
  sourceKey: stack.sourceKeys[source] ?? '',
  tableName: stack.tableName,
  topicArn: stack.topicArn,
  endpoints: { ...stack.endpoints },
  queueUrls: { ...stack.queueUrls },
  accessKeys: mapValues(stack.functions, ({ accessKeyId }) => accessKeyId),
  assets: join(dirname(assembly), 'stages', stack.config.stage),
  vendors: mapValues(stack.simulators, ({ url }) => url),
  memoryMb,
});

const snapshot = (): Snapshot => ({
  functions: mapValues(stack.functions, (running) => ({
    ...running.usage(),
    logBytes: statSync(running.logFile).size,
  })),
  vendors: mapValues(stack.simulators, (simulator) => ({ ...simulator.counts() })),
  accounts: mapValues(stack.simulators, (simulator) => simulator.accounts().length),
  awsCalls: { ...awsCalls },
});

/** SQS's own limit for one call. */
const perCall = 10;

async function fill(destination: string, count: number, prefix: string): Promise<void> {
  const QueueUrl = stack.queueUrls[destination];
  const entries = peopleOf(prefix, count).map((email, index) => ({
    Id: String(index),
    MessageBody: messageFor(email),
  }));
  for (let at = 0; at < count; at += perCall)
    await clients.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: entries.slice(at, at + perCall) }));
}

/** Not oftener: the looking costs the services time. */
const lookEveryMs = 5;

/** @returns milliseconds from the first message received to the end of the last batch */
async function drain(destination: string, count: number, prefix: string): Promise<number> {
  const worker = stack.functions[`provision-${destination}`];
  const accounts = () => stack.simulators[destination]?.accounts().length ?? 0;
  const wanted = accounts() + count;
  firstReceive = 0;
  await fill(destination, count, prefix);
  while (accounts() < wanted || (worker?.busyPids().length ?? 0) > 0) await sleep(lookEveryMs);
  return performance.now() - firstReceive;
}

async function answer(request: StackRequest): Promise<object> {
  switch (request.ask) {
    case 'description':
      return describe();
    case 'snapshot':
      return snapshot();
    case 'fill':
      await fill(request.destination, request.count, request.prefix);
      return { done: true };
    case 'drain':
      return { ms: await drain(request.destination, request.count, request.prefix) };
    case 'ledger':
      return ledgerUnits(clients.dynamodb, stack.tableName);
    case 'weather':
      stack.simulators[request.destination]?.arm(request.storm);
      return { done: true };
  }
}

process.on('message', (request: StackRequest) => {
  answer(request).then(
    (reply) => process.send?.(reply),
    (error) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => {
  clients.destroy();
  void stack.stop().then(() => process.exit());
});
process.send?.('ready');
