import { z } from 'zod';
import { number, ofType, readProperties } from './properties.ts';
import type { ResolvedResource } from './resolve-template.ts';

/** A queue that a function is invoked for. */
export interface PlannedEventSource {
  readonly queueArn: string;
  /** The function's name or ARN. */
  readonly functionName: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  /** How long a batch may be gathered for. */
  readonly windowMs: number;
  /** Whether the function's answer says which records failed. */
  readonly reportsFailures: boolean;
  readonly maximumConcurrency: number;
}

const schema = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.boolean().default(true),
  BatchSize: number.default(10),
  MaximumBatchingWindowInSeconds: number.default(0),
  FunctionResponseTypes: z.array(z.string()).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: number }).optional(),
});

/** What Lambda starts with where the mapping has no maximum: five pollers ("Configuring scaling behavior for SQS event source mappings"). */
const defaultConcurrency = 5;

export const planEventSources = (resources: readonly ResolvedResource[]): PlannedEventSource[] =>
  ofType(resources, 'AWS::Lambda::EventSourceMapping').map((resource) => {
    const mapping = readProperties(schema, resource);
    return {
      queueArn: mapping.EventSourceArn,
      functionName: mapping.FunctionName,
      enabled: mapping.Enabled,
      batchSize: mapping.BatchSize,
      windowMs: mapping.MaximumBatchingWindowInSeconds * 1000,
      reportsFailures: mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
      maximumConcurrency: mapping.ScalingConfig?.MaximumConcurrency ?? defaultConcurrency,
    };
  });
