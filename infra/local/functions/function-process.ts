import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import type { PlannedFunction } from '../template/planned-function.ts';
import type { Endpoints } from './endpoints.ts';
import { functionEnvironment } from './function-environment.ts';
import type { FunctionLog } from './function-log.ts';
import type { Invocation, InvocationResult } from './invocation.ts';
import { type RuntimeApi, startRuntimeApi } from './runtime-api.ts';
import { runtimeFlags } from './runtime-flags.ts';

/** One execution environment of a function: a process that runs one invocation at a time. */
export interface FunctionProcess {
  readonly pid: number;
  /** Never rejects. Where it ends by a crash or a timeout, the process is gone. */
  readonly invoke: (invocation: Invocation) => Promise<InvocationResult>;
  readonly exited: Promise<void>;
  readonly kill: () => void;
}

/** "Lambda limits the Init phase to 10 seconds" (Lambda execution environment lifecycle). */
const initTimeoutMs = 10_000;

const runtimeInterfaceClient = createRequire(import.meta.url).resolve('aws-lambda-ric');
const preload = new URL('runtime-client.mjs', import.meta.url);

/** What every process of a function needs. */
export interface FunctionHost {
  readonly region: string;
  readonly endpoints: Endpoints;
  readonly log: FunctionLog;
}

/** @throws Error where the process can't be started at all */
export async function startFunctionProcess(planned: PlannedFunction, host: FunctionHost): Promise<FunctionProcess> {
  const api = await startRuntimeApi(planned.arn);
  const child = spawnRuntime(planned, host, api);
  const exit = Promise.withResolvers<void>();
  let end: InvocationResult | undefined;
  const finish = (how: string) => {
    end = api.initError() ?? {
      ok: false,
      errorType: 'Runtime.ExitError',
      errorMessage: `Error: Runtime exited with error: ${how}`,
    };
    api.fail(end);
    exit.resolve();
    void api.close();
  };
  child.once('exit', (code, signal) => finish(signal ? `signal: ${signal}` : `exit status ${code}`));
  child.once('error', (error) => finish(error.message));

  async function invoke(invocation: Invocation): Promise<InvocationResult> {
    const started = await within(initTimeoutMs, Promise.race([api.ready, exit.promise]));
    if (!started) return timedOut(initTimeoutMs);
    if (end) return end;
    const answer = api.hand(invocation, Date.now() + planned.timeoutMs);
    const timer = setTimeout(() => api.fail(timedOut(planned.timeoutMs)), planned.timeoutMs);
    const result = await answer;
    clearTimeout(timer);
    return result;
  }

  function timedOut(afterMs: number): InvocationResult {
    child.kill('SIGKILL');
    const errorMessage = `Error: Task timed out after ${(afterMs / 1000).toFixed(2)} seconds`;
    return { ok: false, errorType: 'Sandbox.Timedout', errorMessage };
  }

  return { pid: child.pid ?? 0, invoke, exited: exit.promise, kill: () => child.kill('SIGKILL') };
}

function spawnRuntime(
  planned: PlannedFunction,
  { region, endpoints, log }: FunctionHost,
  api: RuntimeApi,
): ChildProcess {
  const flags = runtimeFlags(planned.memoryMb);
  return spawn(process.execPath, [...flags, '--import', preload.href, runtimeInterfaceClient], {
    cwd: planned.directory,
    env: functionEnvironment(planned, api.address, region, endpoints),
    stdio: ['ignore', log.fd, log.fd],
  });
}

/** Whether the promise resolved in time. */
async function within(milliseconds: number, promise: Promise<void>): Promise<boolean> {
  const timeout = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => timeout.resolve(false), milliseconds);
  const inTime = await Promise.race([promise.then(() => true), timeout.promise]);
  clearTimeout(timer);
  return inTime;
}
