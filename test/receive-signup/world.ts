import { setTimeout as later } from 'node:timers/promises';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { httpEvent } from '../../infra/local/http-api/http-event.ts';
import { createSecretCache, SecretUnusable } from '../../lambdas/aws/secret-cache.ts';
import type { ReceiveSignupConfig, SourceConfig } from '../../lambdas/receive-signup/config.ts';
import { createReceiveSignup } from '../../lambdas/receive-signup/handler.ts';
import { type Delivery, readMessage } from '../../lambdas/signups/message.ts';
import type { LogFields, MetricName, Secret } from '../../lambdas/signups/ports.ts';

export const body = '{"id":1001,"email":"ada@example.com","first_name":"Ada","last_name":"Lovelace"}';
export const now = 1768472430_000;
export const statusSecret = 'status-key-of-thirty-two-letters';

export interface Version {
  readonly value: unknown;
  readonly createdAt?: number;
}

/** A secret's versions, the newest first. */
export type Secrets = Record<string, Version[]>;

export interface Post {
  readonly source?: string;
  /** A list where a header comes twice. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

export interface World {
  readonly post: (request: Post) => Promise<APIGatewayProxyStructuredResultV2>;
  /** What each queue took, by destination. */
  readonly sent: { readonly destination: string; readonly message: Delivery }[];
  /** Every read of Secrets Manager, as `id stage`. */
  readonly reads: string[];
  readonly logs: { readonly level: string; readonly message: string; readonly fields: LogFields }[];
  readonly metrics: { readonly name: MetricName; readonly value: number; readonly dimensions: object }[];
  readonly secrets: Secrets;
  readonly advance: (milliseconds: number) => void;
  /** From now on this fails: a destination's queue, or a secret's id. */
  readonly breakDown: (name: string) => void;
  readonly mend: (name: string) => void;
}

/** receive-signup with its own cache and messages over an in-memory Secrets Manager and queues that keep what they are sent. */
export function createWorld(sources: Record<string, SourceConfig>, keys: Secrets): World {
  let clock = now;
  const broken = new Set<string>();
  const sent: World['sent'] = [];
  const reads: string[] = [];
  const logs: World['logs'] = [];
  const metrics: World['metrics'] = [];
  const secrets: Secrets = { 'matriculate/test/status': [{ value: { key: statusSecret } }], ...keys };
  const read = async (id: string, stage: string): Promise<Secret | undefined> => {
    reads.push(`${id} ${stage}`);
    await later(0);
    if (broken.has(id)) throw new Error('a network that does not work');
    const versions = secrets[id];
    if (versions === undefined) throw new SecretUnusable(`the secret ${id} does not exist`);
    const index = stage === 'AWSCURRENT' ? 0 : 1;
    const version = versions[index];
    const name = `version ${versions.length - index}`;
    return version && { version: name, value: version.value, createdAt: version.createdAt ?? now - 30 * 86_400_000 };
  };
  const log =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      void logs.push({ level, message, fields });
  const config: ReceiveSignupConfig = { stage: 'test', sources };
  const receive = createReceiveSignup({
    config,
    secrets: createSecretCache({ read, now: () => clock, random: () => 0.5, lifeMs: 300_000 }),
    sendToQueue: async (destination, text) => {
      await later(0);
      if (broken.has(destination)) throw new Error('a queue that does not answer');
      const message = readMessage(text);
      if (message.kind !== 'delivery') throw new Error(`a ${message.kind} on the way in`);
      sent.push({ destination, message });
    },
    now: () => clock,
    observer: {
      info: log('info'),
      warn: log('warn'),
      error: log('error'),
      metric: (name, value, dimensions = {}) => void metrics.push({ name, value, dimensions }),
    },
  });
  const post = ({ source = 'shop', headers = {}, body: sentBody = body }: Post) =>
    receive(
      httpEvent(
        {
          method: 'POST',
          target: `/webhooks/${encodeURIComponent(source)}`,
          rawHeaders: rawHeaders({ 'Content-Type': 'application/json', ...headers }),
          body: Buffer.from(sentBody),
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
        },
        { routeKey: 'POST /webhooks/{source}', pathParameters: { source }, requestId: 'one', now: clock },
      ),
    );
  return {
    post,
    sent,
    reads,
    logs,
    metrics,
    secrets,
    advance: (milliseconds) => {
      clock += milliseconds;
    },
    breakDown: (name) => broken.add(name),
    mend: (name) => broken.delete(name),
  };
}

const rawHeaders = (headers: Readonly<Record<string, string | readonly string[]>>) =>
  Object.entries(headers).flatMap(([name, values]) => [values].flat().flatMap((value) => [name, value]));

/** An answer's `detail`, where it is a problem. */
export const detailOf = (answer: APIGatewayProxyStructuredResultV2): string =>
  String(JSON.parse(answer.body ?? '{}').detail);
