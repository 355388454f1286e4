import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { LogFields, MetricDimensions, MetricName, Observer } from '../signups/ports.ts';
import { LogLine } from './log-line.ts';

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
  Accepted: MetricUnit.Count,
  SignatureRefused: MetricUnit.Count,
  NotStored: MetricUnit.Count,
  Created: MetricUnit.Count,
  Existing: MetricUnit.Count,
  Rejected: MetricUnit.Count,
  Failed: MetricUnit.Count,
  Unknown: MetricUnit.Count,
  Ignored: MetricUnit.Count,
  Conflict: MetricUnit.Count,
  WaitingSeconds: MetricUnit.Seconds,
  BreakerOpen: MetricUnit.Count,
  VendorMilliseconds: MetricUnit.Milliseconds,
} satisfies Record<MetricName, (typeof MetricUnit)[keyof typeof MetricUnit]>;

/** Powertools warns of every invocation that leaves no metrics behind; ours leave none, since each is written where it is measured. */
const silent = () => undefined;
const metricsLogger = { debug: silent, info: silent, warn: silent, error: console.error };

type LambdaHandler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

export interface Observability {
  readonly observer: Observer;
  /** Wraps a handler, so that each of its log lines bears the function and request id, and its cold starts are counted. Export what it returns. */
  readonly wrap: <Event, Result>(handler: LambdaHandler<Event, Result>) => LambdaHandler<Event, Result>;
}

/**
 * Logs and metrics by Powertools.
 *
 * @param service the stack's name, `matriculate-{stage}`: the field `service` of each log line and the dimension `service` of each metric, so
 *   that two stages in one account don't mix. A metric's other dimensions are those that it was given.
 */
export function createObservability(service: string): Observability {
  const logger = new Logger({ serviceName: service, logFormatter: new LogLine() });
  const options = { namespace: metricNamespace, serviceName: service, logger: metricsLogger };
  // One for each set of dimensions, which writes a metric at once: records that run in parallel lend each other nothing.
  const singles = new Map<string, Metrics>();
  const metricsOf = (dimensions: MetricDimensions): Metrics => {
    const key = JSON.stringify(dimensions);
    const known = singles.get(key);
    if (known !== undefined) return known;
    const single = new Metrics({ ...options, singleMetric: true, defaultDimensions: { ...dimensions } });
    singles.set(key, single);
    return single;
  };
  const observer: Observer = {
    info: (message, fields) => logger.info(message, allowed(fields)),
    warn: (message, fields) => logger.warn(message, allowed(fields)),
    error: (message, fields) => logger.error(message, allowed(fields)),
    metric: (name, value, dimensions = {}) => metricsOf(dimensions).addMetric(name, units[name], value),
  };
  return {
    observer,
    wrap: (handler) =>
      middy(handler)
        .use(injectLambdaContext(logger, { logEvent: false }))
        .use(logMetrics(new Metrics(options), { captureColdStartMetric: true })),
  };
}

const allowed = (fields: LogFields = {}): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => Object.hasOwn(loggable, name)));
