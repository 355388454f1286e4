import { kill } from 'node:process';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { RunningAssembly } from '../../../infra/local/run-assembly.ts';
import { startSample } from './sample-assembly.ts';

let stack: RunningAssembly;
beforeAll(async () => {
  stack = await startSample();
});
afterAll(() => stack.stop());

const front = () => {
  const found = stack.functions.get('sample-front');
  if (!found) throw new Error('the sample has no front');
  return found;
};
const ask = async (what: string) => (await fetch(`${stack.url}/signups/1?do=${what}`)).json();
const environment = async () => z.record(z.string(), z.unknown()).parse(await ask('environment'));

describe('a function on this machine', () => {
  test('sees what Lambda and the template set, and nothing of the shell that started the stack', async () => {
    vi.stubEnv('AWS_PROFILE', 'mine');
    const seen = await environment();
    expect(seen).toMatchObject({
      AWS_LAMBDA_FUNCTION_NAME: 'sample-front',
      AWS_REGION: 'eu-central-1',
      QUEUE_URL: `${stack.endpoints.sqs}/000000000000/sample-work`,
      TOPIC_ARN: 'arn:aws:sns:eu-central-1:000000000000:sample-results',
      TABLE_NAME: 'sample-ledger',
      AWS_ENDPOINT_URL_SQS: stack.endpoints.sqs,
      AWS_ACCESS_KEY_ID: front().accessKeyId,
    });
    expect(seen.cwd).toBe(seen.LAMBDA_TASK_ROOT);
    expect(seen).not.toHaveProperty('AWS_PROFILE');
    expect(seen).not.toHaveProperty('PATH');
  });

  test('is started with the flags that Lambda sets by its memory', async () => {
    const { flags } = await environment();
    expect(flags).toEqual(expect.arrayContaining(['--max-semi-space-size=12', '--max-old-space-size=230']));
  });

  test('signs with an access key that no other function has', () => {
    const keys = [...stack.functions.values()].map(({ accessKeyId }) => accessKeyId);
    expect(new Set(keys).size).toBe(3);
    for (const key of keys) expect(key).toMatch(/^AKIA[0-9A-F]{16}$/);
  });

  test('is told its ARN and how much time it has left', async () => {
    expect(await ask('context')).toMatchObject({
      invokedFunctionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:sample-front',
      functionName: 'sample-front',
      left: expect.closeTo(2000, -3),
    });
  });

  test('keeps its process from one invocation to the next', async () => {
    expect((await environment()).pid).toBe((await environment()).pid);
  });

  test('gets a process of its own for each invocation at a time', async () => {
    await Promise.all([environment(), environment(), environment()]);
    const before = front().pids().length;
    const pids = await Promise.all(Array.from({ length: before + 1 }, environment));
    expect(new Set(pids.map(({ pid }) => pid)).size).toBeGreaterThanOrEqual(2);
  });

  test('fails an invocation whose process is killed, and runs the next in a fresh one', async () => {
    const hanging = fetch(`${stack.url}/signups/1?do=hang`);
    const [pid = 0] = await vi.waitUntil(() => (front().busyPids().length > 0 ? front().busyPids() : undefined), {
      timeout: 20_000,
      interval: 20,
    });
    kill(pid, 'SIGKILL');
    expect((await hanging).status).toBe(500);
    expect((await environment()).pid).not.toBe(pid);
    expect(front().logs()).toContain('Runtime exited with error: signal: SIGKILL');
    expect(front().pids()).not.toContain(pid);
  });

  test('is killed when its time is over', async () => {
    const started = performance.now();
    const response = await fetch(`${stack.url}/signups/1?do=hang`);
    expect(response.status).toBe(500);
    expect(performance.now() - started).toBeGreaterThanOrEqual(1990);
    expect(front().logs()).toContain('Task timed out after 2.00 seconds');
  });

  test('logs into a file of its own, as it goes', async () => {
    await ask('log').catch(() => undefined);
    expect(front().logs()).toContain('a line from inside');
    expect(front().logFile).toMatch(/logs\/front\.log$/);
  });

  test('counts what Lambda would bill', async () => {
    const before = front().usage();
    await environment();
    const after = front().usage();
    expect(after.invocations).toBe(before.invocations + 1);
    expect(after.billedMs).toBeGreaterThan(before.billedMs);
  });
});

test('the end of the stack is the end of every process', async () => {
  const other = await startSample();
  await fetch(`${other.url}/signups/1`);
  const pids = [...other.functions.values()].flatMap((one) => one.pids());
  expect(pids).toHaveLength(1);
  await other.stop();
  for (const pid of pids) expect(() => kill(pid, 0)).toThrow('ESRCH');
  await expect(fetch(other.url)).rejects.toThrow();
});
