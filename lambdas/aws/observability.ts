import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { LogFields, MetricName, Observer } from '../signups/ports.ts';

/** The namespace of all our custom metrics. */
export const metricNamespace = 'Matriculate';

/** What may be logged, asked for again at run time: an object with more fields than its type says logs no more than these. */
const loggable = {
  signupId: true,
  source: true,
  destination: true,
  step: true,
  run: true,
  attempt: true,
  outcome: true,
  reason: true,
  detail: true,
  milliseconds: true,
  status: true,
  receiveCount: true,
} satisfies Record<keyof LogFields, true>;

const units = {
  Accepted: 'Count',
  SignatureRefused: 'Count',
  NotStored: 'Count',
  TurnedAway: 'Count',
  Created: 'Count',
  Existing: 'Count',
  Rejected: 'Count',
  Failed: 'Count',
  Unknown: 'Count',
  Ignored: 'Count',
  Conflict: 'Count',
  WaitingSeconds: 'Seconds',
  StatusNotTold: 'Count',
  BreakerOpen: 'Count',
  VendorMilliseconds: 'Milliseconds',
  ColdStart: 'Count',
} satisfies Record<MetricName | 'ColdStart', string>;

type LambdaHandler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

export interface Observability {
  readonly observer: Observer;
  /** Wraps a handler, so that each of its log lines bears the request's id, and its cold starts are counted. Export what it returns. */
  readonly wrap: <Event, Result>(handler: LambdaHandler<Event, Result>) => LambdaHandler<Event, Result>;
}

/**
 * Logs as lines of JSON, and metrics in CloudWatch's embedded metric format, a line each. Powertools' logger and metrics write the same lines for a
 * twentieth more of a webhook's CPU and of a cold start's, and 34 KB.
 *
 * A line says nothing that its log group says already, such as the function's name: lines are paid for by the byte.
 *
 * @param service the stack's name, `matriculate-{stage}`: the field `service` of each log line and the dimension `service` of each metric, so
 *   that two stages in one account don't mix. A metric's other dimensions are those that it was given.
 */
export function createObservability(service: string): Observability {
  /** Lambda gives a process one invocation at a time, so its lines are those of the one that began last. */
  let invocation: { readonly cold_start: boolean; readonly function_request_id: string } | undefined;

  // `level` and `timestamp` are the names by which Lambda filters and dates a line.
  const logAt =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      writeLine({ level, message, timestamp: new Date().toISOString(), service, ...invocation, ...allowed(fields) });
  const metric = (name: keyof typeof units, value: number, dimensions: Readonly<Record<string, string>>) =>
    writeLine({
      _aws: {
        Timestamp: Date.now(),
        CloudWatchMetrics: [
          {
            Namespace: metricNamespace,
            Dimensions: [['service', ...Object.keys(dimensions)]],
            Metrics: [{ Name: name, Unit: units[name] }],
          },
        ],
      },
      service,
      ...dimensions,
      [name]: value,
    });

  return {
    observer: {
      info: logAt('INFO'),
      warn: logAt('WARN'),
      error: logAt('ERROR'),
      metric: (name, value, dimensions = {}) => metric(name, value, { ...dimensions }),
    },
    wrap: (handler) =>
      middy(handler).before(({ context }) => {
        const cold = invocation === undefined;
        if (cold) metric('ColdStart', 1, { function_name: context.functionName });
        invocation = { cold_start: cold, function_request_id: context.awsRequestId };
      }),
  };
}

/** Not by `console`, before whose lines Lambda puts its own words. */
const writeLine = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

const allowed = (fields: LogFields): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => Object.hasOwn(loggable, name)));
