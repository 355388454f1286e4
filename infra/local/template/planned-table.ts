import { z } from 'zod';
import { ofType, readProperties } from './properties.ts';
import type { ResolvedResource } from './resolve-template.ts';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const schema = z.object({
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.object({
          ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
          NonKeyAttributes: z.array(z.string()).default([]),
        }),
      }),
    )
    .default([]),
});

export type PlannedTable = { readonly name: string } & z.infer<typeof schema>;

export const planTables = (resources: readonly ResolvedResource[]): PlannedTable[] =>
  ofType(resources, 'AWS::DynamoDB::Table').map((resource) => ({
    name: resource.identity.ref,
    ...readProperties(schema, resource),
  }));
