import { z } from 'zod';
import { attribute, jsonText, ofType, readProperties } from './properties.ts';
import type { ResolvedResource } from './resolve-template.ts';

export interface PlannedTopic {
  readonly name: string;
  readonly arn: string;
}

export interface PlannedSubscription {
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** As SNS's Subscribe takes them. */
  readonly attributes: Readonly<Record<string, string>>;
}

const schema = z.object({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  RawMessageDelivery: z.union([z.boolean(), z.string()]).transform(String).optional(),
  FilterPolicy: jsonText.optional(),
  FilterPolicyScope: z.string().optional(),
});

export const planTopics = (resources: readonly ResolvedResource[]): PlannedTopic[] =>
  ofType(resources, 'AWS::SNS::Topic').map((resource) => ({
    name: attribute(resource, 'TopicName'),
    arn: attribute(resource, 'TopicArn'),
  }));

export const planSubscriptions = (resources: readonly ResolvedResource[]): PlannedSubscription[] =>
  ofType(resources, 'AWS::SNS::Subscription').map((resource) => {
    const { TopicArn, Protocol, Endpoint, ...rest } = readProperties(schema, resource);
    const attributes = Object.entries(rest).flatMap(([key, value]): [string, string][] =>
      value === undefined ? [] : [[key, value]],
    );
    return { topicArn: TopicArn, protocol: Protocol, endpoint: Endpoint, attributes: Object.fromEntries(attributes) };
  });
