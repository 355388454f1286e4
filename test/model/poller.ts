import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { Environment } from './environment.ts';
import type { FaultPlan } from './faults.ts';
import type { History } from './history.ts';
import type { Queue } from './queue.ts';
import type { Time } from './time.ts';

export interface PollerParts {
  readonly time: Time;
  readonly history: History;
  readonly queue: Queue;
  readonly plan: FaultPlan;
  readonly batchSize: number;
  readonly functionTimeoutMs: number;
  readonly latency: () => number;
  readonly coldStart: () => Started;
}

export interface Started {
  readonly environment: Environment;
  readonly handle: (event: { Records: SQSRecord[] }) => Promise<SQSBatchResponse>;
  /** Whether new code was deployed since. */
  readonly isOutdated: () => boolean;
}

/** After a poll that failed. */
const pauseMs = 1_000;
/** When a message that was removed comes a second time. */
const repeatMs = 30_000;

/** Lambda's event source mapping, one concurrent worker of it: receives, invokes, and removes what was not reported. Never ends. */
export async function poll(parts: PollerParts): Promise<never> {
  const { time, history, queue, plan, batchSize, latency } = parts;
  let started: Started | undefined;
  for (;;) {
    await queue.visible();
    await time.sleep(latency());
    if (!queue.isAnyVisible()) continue;
    const mode = plan.decide('receive');
    if (mode !== undefined) history.add({ kind: 'went wrong', worker: 'queue', effect: 'receive', mode });
    if (mode === 'before') {
      queue.wake();
      await time.sleep(pauseMs);
      continue;
    }
    if (started === undefined || !started.environment.isAlive() || started.isOutdated()) started = parts.coldStart();
    const batch = queue.take(started.environment.name, batchSize);
    queue.wake();
    if (mode === 'reply-lost') continue;
    const answer = await invoke(parts, started, batch);
    const failed = new Set(answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    if (answer === undefined) continue;
    for (const { messageId } of batch) if (!failed.has(messageId)) await acknowledge(parts, messageId);
  }
}

/** @returns nothing where the function died or broke: then every message of the batch comes back */
export async function invoke(
  parts: Pick<PollerParts, 'time' | 'history' | 'functionTimeoutMs'>,
  { environment, handle }: Started,
  batch: SQSRecord[],
) {
  const { time, history, functionTimeoutMs } = parts;
  const kill = (): void => {
    if (environment.isStalled()) cancel = time.after(functionTimeoutMs, kill);
    else environment.die('timeout');
  };
  let cancel = time.after(functionTimeoutMs, kill);
  try {
    return (await Promise.race([environment.living(handle({ Records: batch })), environment.dead])) ?? undefined;
  } catch (error) {
    history.add({
      kind: 'broke',
      worker: environment.name,
      error: error instanceof Error ? error.message : String(error),
    });
    return undefined;
  } finally {
    cancel();
  }
}

async function acknowledge({ time, history, queue, plan, latency }: PollerParts, messageId: string): Promise<void> {
  const mode = plan.decide('acknowledge');
  if (mode !== undefined) history.add({ kind: 'went wrong', worker: 'queue', effect: 'acknowledge', mode });
  await time.sleep(latency());
  if (mode === 'before') return;
  queue.remove(messageId);
  if (mode === 'twice') queue.repeat(messageId, repeatMs);
}
