import { randomUUID } from 'node:crypto';
import type { PlannedFunction } from '../template/planned-function.ts';
import { accessKeyOf } from './function-environment.ts';
import { type FunctionHost, type FunctionProcess, startFunctionProcess } from './function-process.ts';
import type { InvocationResult, RunningFunction, Usage } from './invocation.ts';

/**
 * Runs a function in as many processes as there are invocations at a time, as Lambda does: an idle one is taken again, the one
 * used last first; where there is none, another is started. A process that crashes or times out is replaced at the next need.
 *
 * @param maximumConcurrency further invocations wait; AWS would throttle them by an account's limit, which this machine has none of
 */
export function createFunctionPool(
  planned: PlannedFunction,
  host: FunctionHost,
  maximumConcurrency: number,
): RunningFunction {
  const idle: FunctionProcess[] = [];
  const alive = new Set<FunctionProcess>();
  const busy = new Set<FunctionProcess>();
  const waiting: (() => void)[] = [];
  const usage: Usage = { invocations: 0, errors: 0, coldStarts: 0, billedMs: 0 };
  let taken = 0;
  let stopped = false;

  async function start(): Promise<FunctionProcess> {
    usage.coldStarts++;
    const process = await startFunctionProcess(planned, host);
    alive.add(process);
    void process.exited.then(() => {
      alive.delete(process);
      const place = idle.indexOf(process);
      if (place >= 0) idle.splice(place, 1);
    });
    if (stopped) process.kill();
    return process;
  }

  async function invoke(event: unknown): Promise<InvocationResult> {
    if (taken >= maximumConcurrency) await new Promise<void>((resolve) => waiting.push(resolve));
    else taken++;
    try {
      return stopped ? failure('the stack is stopped') : await run(JSON.stringify(event));
    } catch (error) {
      return failure(error instanceof Error ? error.message : String(error));
    } finally {
      const next = waiting.shift();
      if (next) next();
      else taken--;
    }
  }

  async function run(event: string): Promise<InvocationResult> {
    const requestId = randomUUID();
    const started = performance.now();
    host.log.line(`START RequestId: ${requestId} Version: $LATEST`);
    const process = idle.pop() ?? (await start());
    busy.add(process);
    const result = await process.invoke({ requestId, event });
    busy.delete(process);
    if (alive.has(process) && !isFatal(result)) idle.push(process);
    report(requestId, performance.now() - started, result);
    return result;
  }

  function report(requestId: string, milliseconds: number, result: InvocationResult): void {
    const billed = Math.ceil(milliseconds);
    usage.invocations++;
    usage.billedMs += billed;
    if (!result.ok) {
      usage.errors++;
      if (isFatal(result)) host.log.line(`${requestId} ${result.errorType} ${result.errorMessage}`);
    }
    host.log.line(
      `REPORT RequestId: ${requestId} Duration: ${milliseconds.toFixed(2)} ms Billed Duration: ${billed} ms`,
    );
  }

  return {
    name: planned.name,
    accessKeyId: accessKeyOf(planned.name),
    invoke,
    pids: () => [...alive].map(({ pid }) => pid),
    busyPids: () => [...busy].map(({ pid }) => pid),
    logs: host.log.read,
    logFile: host.log.file,
    usage: () => ({ ...usage }),
    stop: async () => {
      stopped = true;
      for (const process of alive) process.kill();
      await Promise.all([...alive].map(({ exited }) => exited));
      host.log.close();
    },
  };
}

const failure = (why: string): InvocationResult => ({
  ok: false,
  errorType: 'Runtime.NotStarted',
  errorMessage: `Error: ${why}`,
});

/** Whether the process is gone with the invocation. */
const isFatal = (result: InvocationResult): result is Extract<InvocationResult, { ok: false }> =>
  !result.ok && (result.errorType.startsWith('Runtime.') || result.errorType === 'Sandbox.Timedout');
