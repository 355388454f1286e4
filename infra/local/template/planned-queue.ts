import { z } from 'zod';
import { attribute, jsonText, number, ofType, readProperties } from './properties.ts';
import type { ResolvedResource } from './resolve-template.ts';

export interface PlannedQueue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  /** As SQS's CreateQueue takes them. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The ARN of the queue that takes what was received too often. */
  readonly deadLetterArn: string | undefined;
}

const schema = z.object({
  VisibilityTimeout: number.optional(),
  MessageRetentionPeriod: number.optional(),
  DelaySeconds: number.optional(),
  MaximumMessageSize: number.optional(),
  ReceiveMessageWaitTimeSeconds: number.optional(),
  RedrivePolicy: jsonText.optional(),
});

const redrivePolicySchema = z.object({ deadLetterTargetArn: z.string() });

export const planQueues = (resources: readonly ResolvedResource[]): PlannedQueue[] =>
  ofType(resources, 'AWS::SQS::Queue').map((resource) => {
    const properties = readProperties(schema, resource);
    const attributes = Object.entries(properties).flatMap(([key, value]): [string, string][] =>
      value === undefined ? [] : [[key, String(value)]],
    );
    const { RedrivePolicy } = properties;
    return {
      name: attribute(resource, 'QueueName'),
      url: attribute(resource, 'QueueUrl'),
      arn: attribute(resource, 'Arn'),
      attributes: Object.fromEntries(attributes),
      deadLetterArn:
        RedrivePolicy === undefined
          ? undefined
          : redrivePolicySchema.parse(JSON.parse(RedrivePolicy)).deadLetterTargetArn,
    };
  });
