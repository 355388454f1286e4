import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import type { Academy } from '../academy.ts';
import type { MetricId } from './alarm.ts';

/** A value of a metric, as CloudWatch would have it. */
export interface Datapoint {
  readonly metric: MetricId;
  readonly value: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const lineSchema = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

/** What a function's log lines say in CloudWatch's embedded metric format ("Specification: Embedded metric format"). */
export const emitted = (log: string): readonly Datapoint[] =>
  log.split('\n').flatMap((text) => {
    const line = lineSchema.safeParse(parse(text));
    if (!line.success) return [];
    const { _aws, ...values } = line.data;
    return _aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
      Dimensions.flatMap((names) =>
        Metrics.map(({ Name }) => ({
          metric: {
            namespace: Namespace,
            name: Name,
            dimensions: Object.fromEntries(names.map((name) => [name, String(values[name])])),
          },
          value: Number(values[Name]),
          at: _aws.Timestamp,
        })),
      ),
    );
  });

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Everything that a stack on this machine has told so far: its functions' own metrics out of their logs, and of AWS's metrics those that the
 * local stack can stand in for: a function's errors, and what is visible in a queue.
 */
export async function measured({ stack, clients }: Academy): Promise<readonly Datapoint[]> {
  const functions = Object.values(stack.functions);
  const at = Date.now();
  const errors = functions.map(
    ({ name: FunctionName, usage }): Datapoint => ({
      metric: { namespace: 'AWS/Lambda', name: 'Errors', dimensions: { FunctionName } },
      value: usage().errors,
      at,
    }),
  );
  const urls = [...Object.values(stack.queueUrls), ...Object.values(stack.dlqUrls)];
  const visible = urls.map(async (QueueUrl): Promise<Datapoint> => {
    const asked = { QueueUrl, AttributeNames: ['ApproximateNumberOfMessages' as const] };
    const { Attributes } = await clients.sqs.send(new GetQueueAttributesCommand(asked));
    const dimensions = { QueueName: QueueUrl.split('/').at(-1) ?? '' };
    const metric = { namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible', dimensions };
    return { metric, value: Number(Attributes?.ApproximateNumberOfMessages), at };
  });
  return [...functions.flatMap(({ logs }) => emitted(logs())), ...errors, ...(await Promise.all(visible))];
}
