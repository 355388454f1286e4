import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createChangeVisibility } from '../../lambdas/aws/change-visibility.ts';
import { createSecretStore } from '../../lambdas/aws/secrets.ts';
import { createLedger } from '../../lambdas/aws/table.ts';
import { createPublish } from '../../lambdas/aws/topic.ts';
import type { PlatformSettings, Vendor } from '../../lambdas/platforms/platform.ts';
import type { ProvisionUserConfig } from '../../lambdas/provision-user/config.ts';
import type { MapBody, ProvisionDeps } from '../../lambdas/provision-user/deps.ts';
import { createProvisionUser } from '../../lambdas/provision-user/handler.ts';
import { createSession } from '../../lambdas/provision-user/session.ts';
import type { Observer } from '../../lambdas/signups/ports.ts';
import type { Environment } from './environment.ts';
import type { History } from './history.ts';
import type { Queue } from './queue.ts';
import type { Secrets } from './secrets.ts';
import type { Table } from './table.ts';
import type { Time } from './time.ts';
import { topicClientFor } from './topic.ts';

export interface WorkerParts {
  readonly time: Time;
  readonly history: History;
  readonly queue: Queue;
  readonly table: Table;
  readonly secrets: Secrets;
  readonly config: ProvisionUserConfig;
  readonly platform: PlatformSettings;
  readonly vendorFor: (environment: Environment) => Vendor;
  readonly mapperOf: (source: string) => MapBody | undefined;
  /** 0 ≤ random < 1. */
  readonly random: () => number;
  /** 0 ≤ random < 1; never the same for long, whatever `random` says. */
  readonly randomOfBytes: () => number;
  readonly newId: () => string;
}

/** The function as its composition root puts it together (provision-user/index.ts), on the model's clients in place of AWS's. */
export function createWorker(environment: Environment, parts: WorkerParts) {
  const { time, history, config, random, newId } = parts;
  const { now } = environment;
  const deps: ProvisionDeps = {
    config,
    platform: parts.platform,
    vendor: parts.vendorFor(environment),
    mapperOf: (source) => deadly(environment, parts.mapperOf(source)),
    ledger: createLedger(parts.table.clientFor(environment), 'ledger'),
    secrets: createSecretStore(parts.secrets.clientFor(environment), {
      lifeMs: config.timeLimits.secretLifeMs,
      now,
      random,
    }),
    publish: createPublish(topicClientFor(environment, history), 'topic'),
    changeVisibility: createChangeVisibility(queueClientFor(environment, parts.queue), 'queue'),
    observer: observerOf(history),
    now,
    random,
    randomBytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(parts.randomOfBytes() * 256)),
    newId,
    sleep: (milliseconds) => environment.living(time.sleep(milliseconds)),
    deadline: (milliseconds) => {
      const controller = new AbortController();
      time.after(milliseconds, () => controller.abort(timeIsOver));
      return controller.signal;
    },
  };
  for (const id of [
    `matriculate/${config.stage}/ledger`,
    `matriculate/${config.stage}/destinations/${config.destination.id}`,
  ]) {
    deps.secrets.current(id).catch(() => undefined);
  }
  return createProvisionUser(deps, createSession({ ...deps, sessions: deps.ledger.sessions }));
}

const timeIsOver = new Error('the time is over');

/** What kills its worker in the middle of the mapping: a body that says so. */
export const poison = 'poison';

const deadly = (environment: Environment, map: MapBody | undefined): MapBody | undefined =>
  map === undefined
    ? undefined
    : (body, contentType) => {
        if (!Buffer.from(body).toString().includes(`"${poison}"`)) return map(body, contentType);
        environment.die(poison);
        return new Promise(() => undefined);
      };

function queueClientFor(environment: Environment, queue: Queue): SQSClient {
  const send = (command: unknown) => {
    if (!(command instanceof ChangeMessageVisibilityCommand)) throw new Error('a worker only changes visibility');
    const { ReceiptHandle: receipt = '', VisibilityTimeout: seconds = 0 } = command.input;
    return environment.ask('change visibility', () => queue.changeVisibility(receipt, seconds));
  };
  return Object.create(SQSClient.prototype, { send: { value: send } });
}

function observerOf(history: History): Observer {
  const say = (...said: unknown[]) => history.add({ kind: 'said', text: JSON.stringify(said) });
  return { info: say, warn: say, error: say, metric: say };
}
