import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { metricNamespace } from '../../lambdas/aws/observability.ts';
import type { MetricDimensions, MetricName } from '../../lambdas/signups/ports.ts';
import { stackName } from './names.ts';

/** The period of every metric here, where none is named. */
export const fiveMinutes = Duration.minutes(5);

/** One of the functions' own metrics; the dimensions must be those that it is emitted with, all of them. */
export const ourMetric = (
  stage: string,
  metricName: MetricName,
  { source, destination }: MetricDimensions,
  statistic: 'Maximum' | 'Minimum' | 'Sum' | 'p50' | 'p99',
  period: Duration = fiveMinutes,
): Metric =>
  new Metric({
    namespace: metricNamespace,
    metricName,
    dimensionsMap: {
      service: stackName(stage),
      ...(source !== undefined && { source }),
      ...(destination !== undefined && { destination }),
    },
    statistic,
    period,
  });

/**
 * Refused signatures of an hour in which none was accepted: a stray wrong one among right ones is nobody's hook. Each comes with an `Accepted` of 0,
 * because FILL fills the gaps of what was told, and a source whose first signup is refused has told nothing else.
 */
export const refusedInARow = (stage: string, source: string): MathExpression =>
  new MathExpression({
    label: `refused signatures of ${source}, none accepted`,
    expression: 'IF(FILL(accepted, 0) > 0, 0, FILL(refused, 0))',
    usingMetrics: {
      accepted: ourMetric(stage, 'Accepted', { source }, 'Sum', Duration.hours(1)),
      refused: ourMetric(stage, 'SignatureRefused', { source }, 'Sum', Duration.hours(1)),
    },
    period: Duration.hours(1),
  });

/**
 * A metric with 0 wherever nothing was told. Before CloudWatch counts a period as missing it looks for real values further back than an alarm's
 * periods, and holds the alarm by them: what is told now and then would ring once for many, and be over late. What is filled in is real.
 */
export const filled = (value: Metric): MathExpression =>
  new MathExpression({
    label: value.metricName,
    expression: 'FILL(value, 0)',
    usingMetrics: { value },
    period: value.period,
  });

export const queueMetric = (
  QueueName: string,
  metricName:
    | 'ApproximateAgeOfOldestMessage'
    | 'ApproximateNumberOfMessagesVisible'
    | 'ApproximateNumberOfMessagesNotVisible',
): Metric =>
  new Metric({
    namespace: 'AWS/SQS',
    metricName,
    dimensionsMap: { QueueName },
    statistic: 'Maximum',
    period: fiveMinutes,
  });

export const functionMetric = (
  FunctionName: string,
  metricName: 'Errors' | 'Throttles' | 'Duration',
  statistic: 'Sum' | 'p50' | 'p99',
): Metric =>
  new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { FunctionName },
    statistic,
    period: fiveMinutes,
  });
