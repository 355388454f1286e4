import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readStackFile, removeStackFile, type StackFile } from '../../../../infra/tools/start/stack-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'matriculate-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'stack.json');

const stackOf = (pid: number): StackFile => ({
  pid,
  stage: 'dev',
  configFile: 'dev.json',
  url: `http://127.0.0.1:${pid}`,
  endpoints: { sqs: '', sns: '', dynamodb: '', secretsmanager: '' },
  region: '',
  topicArn: '',
  queueUrls: {},
  dlqUrls: {},
  tableName: '',
  sourceKeys: {},
  simulators: {},
  simulatorSettings: {},
});
const [mine, another] = [stackOf(process.pid), stackOf(process.ppid)];
const ended = stackOf(spawnSync(process.execPath, ['--version']).pid);

/** What tools find when this process has ended, whose file, or another's, was there. */
function left(there: StackFile, other: StackFile | undefined): StackFile | undefined {
  writeFileSync(path, JSON.stringify(there));
  removeStackFile(path, other);
  return readStackFile(path);
}

test('a stack that ends leaves nothing behind', () => {
  expect(left(mine, undefined)).toBeUndefined();
});

test('a stack that was up before the one that ends, and still is, is found again', () => {
  expect(left(mine, another)).toEqual(another);
  expect(left(mine, ended)).toBeUndefined();
});

test('a stack that came after the one that ends stays', () => {
  expect(left(another, undefined)).toEqual(another);
});

test('a stack that was killed is not found', () => {
  writeFileSync(path, JSON.stringify(ended));
  expect(readStackFile(path)).toBeUndefined();
});
