import type { TimeLimits } from '../../lambdas/provision-user/config.ts';
import type { EffectName } from './effects.ts';
import type { Ground } from './ground.ts';
import { createHistory } from './history.ts';
import { poll } from './poller.ts';
import { createQueue, queueClientFor } from './queue.ts';
import { createSecrets } from './secrets.ts';
import { createTable } from './table.ts';
import { createTime } from './time.ts';
import { topicClientFor } from './topic.ts';

export const start = Date.UTC(2026, 10, 22, 10);
const maxReceiveCount = 1_000;

export interface VirtualGroundOptions {
  readonly timeLimits: TimeLimits;
  readonly latency: (effect: EffectName) => number;
  /** 0 ≤ random < 1: which of the visible messages comes first. */
  readonly pick: () => number;
}

/** Everything in memory, in virtual time. */
export function createVirtualGround({ timeLimits, latency, pick }: VirtualGroundOptions): Ground {
  const { visibilityMs, functionTimeoutMs } = timeLimits;
  const time = createTime(start);
  const history = createHistory(time.now);
  const queue = createQueue(time, history, { visibilityMs, maxReceiveCount, pick });
  const table = createTable(time, history);
  const secrets = createSecrets(time.now);
  return {
    time,
    history,
    clientsFor: (environment) => ({
      dynamodb: table.clientFor(environment),
      table: 'ledger',
      sns: topicClientFor(environment, history),
      topicArn: 'topic',
      secretsManager: secrets.clientFor(environment),
      sqs: queueClientFor(environment, queue),
      queueUrl: 'queue',
    }),
    queue,
    ledger: table,
    putSecret: secrets.put,
    startPoller: (plan, batchSize, coldStart) => {
      void poll({
        time,
        history,
        queue,
        plan,
        batchSize,
        functionTimeoutMs,
        latency: () => latency('receive'),
        coldStart,
      });
    },
  };
}
