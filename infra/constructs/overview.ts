import { Duration } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  type IWidget,
  LogQueryWidget,
  type Metric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { MetricName } from '../../lambdas/signups/ports.ts';
import type { CheckedConfig } from '../checks/checked-config.ts';
import { functionMetric, ourMetric, queueMetric } from './metrics.ts';
import { deadLetterQueueName, queueName, receiveSignupName, stackName, workerName } from './names.ts';

const fullWidth = 24;

/** The stage's dashboard: the way of signups from left to right, a row for each source and destination, and at the end what is stuck. */
export class Overview extends Construct {
  constructor(scope: Construct, id: string, { stage, sources, destinations }: CheckedConfig) {
    super(scope, id);
    const dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: stackName(stage),
      defaultInterval: Duration.hours(12),
    });
    dashboard.addWidgets(heading(`# ${stackName(stage)}`));
    for (const source of Object.keys(sources)) dashboard.addWidgets(...sourceRow(stage, source));
    for (const destination of Object.keys(destinations)) dashboard.addWidgets(...destinationRow(stage, destination));
    dashboard.addWidgets(stuck(stage, Object.keys(destinations)));
  }
}

const heading = (markdown: string) => new TextWidget({ markdown, width: fullWidth, height: 1 });

function sourceRow(stage: string, source: string): IWidget[] {
  const count = (name: MetricName) => ourMetric(stage, name, { source }, 'Sum');
  const name = receiveSignupName(stage);
  return [
    graph(`${source}: webhooks`, 8, [
      count('Accepted'),
      count('SignatureRefused'),
      count('TurnedAway'),
      count('NotStored'),
    ]),
    graph(`${source}: time to the answer (ms, all sources)`, 8, [
      functionMetric(name, 'Duration', 'p50'),
      functionMetric(name, 'Duration', 'p99'),
    ]),
    graph('receive-signup: errors and throttles', 8, [
      functionMetric(name, 'Errors', 'Sum'),
      functionMetric(name, 'Throttles', 'Sum'),
    ]),
  ];
}

function destinationRow(stage: string, destination: string): IWidget[] {
  const count = (name: MetricName) => ourMetric(stage, name, { destination }, 'Sum');
  const outcomes: MetricName[] = ['Created', 'Existing', 'Rejected', 'Failed', 'Unknown'];
  const worker = workerName(stage, destination);
  return [
    graph(`${destination}: on its way`, 6, [
      queueMetric(queueName(stage, destination), 'ApproximateNumberOfMessagesVisible'),
      queueMetric(queueName(stage, destination), 'ApproximateNumberOfMessagesNotVisible'),
      queueMetric(deadLetterQueueName(stage, destination), 'ApproximateNumberOfMessagesVisible'),
    ]),
    graph(`${destination}: outcomes`, 6, outcomes.map(count), true),
    graph(`${destination}: waiting (s), breaker`, 6, [
      ourMetric(stage, 'WaitingSeconds', { destination }, 'Maximum'),
      ourMetric(stage, 'BreakerOpen', { destination }, 'Maximum'),
    ]),
    graph(`${destination}: vendor's and worker's time (ms)`, 6, [
      ourMetric(stage, 'VendorMilliseconds', { destination }, 'p50'),
      ourMetric(stage, 'VendorMilliseconds', { destination }, 'p99'),
      functionMetric(worker, 'Duration', 'p99'),
    ]),
  ];
}

const graph = (title: string, width: number, left: Metric[], stacked = false): IWidget =>
  new GraphWidget({ title, width, height: 6, left, stacked });

/** The newest lines of signups that came back, with the reason; each line's signupId leads to the whole story. */
const stuck = (stage: string, destinations: readonly string[]): IWidget =>
  new LogQueryWidget({
    title: 'What is stuck, and why',
    width: fullWidth,
    height: 8,
    logGroupNames: destinations.map((destination) => `/aws/lambda/${workerName(stage, destination)}`),
    queryLines: [
      'fields @timestamp, destination, signupId, reason, detail, attempt',
      'filter message = "waiting"',
      'sort @timestamp desc',
      // Nothing but a limit may follow it.
      'dedup signupId, destination',
      'limit 50',
    ],
  });
