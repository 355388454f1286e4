import { z } from 'zod';
import { arn } from '../template/world.ts';
import type { AccessRequest } from './access-request.ts';
import type { AwsCall } from './aws-call.ts';
import type { CalledResources } from './called-resources.ts';

const item = z.record(z.string(), z.unknown());

const inputSchema = z.object({
  TableName: z.string(),
  IndexName: z.string().optional(),
  Key: item.optional(),
  Item: item.optional(),
  KeyConditionExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ExpressionAttributeValues: item.default({}),
});
type Input = z.infer<typeof inputSchema>;

/** What of a call's input names the items that it is about; `null` where it is about no item. */
const itemsOf: Readonly<Record<string, ((input: Input, partitionKey: string) => unknown) | null>> = {
  GetItem: ({ Key }, name) => Key?.[name],
  DeleteItem: ({ Key }, name) => Key?.[name],
  UpdateItem: ({ Key }, name) => Key?.[name],
  PutItem: ({ Item }, name) => Item?.[name],
  Query: queriedKey,
  // A scan names no key, and so ForAllValues lets it pass: it must be allowed to nobody who may see a part only.
  Scan: null,
  DescribeTable: null,
};

/** @returns undefined for an operation whose items can't be told: it is allowed to no function */
export function tableRequests(
  { operation, input }: AwsCall,
  { world, partitionKeys }: CalledResources,
): readonly AccessRequest[] | undefined {
  const leadingKey = itemsOf[operation];
  const read = inputSchema.safeParse(input);
  if (leadingKey === undefined || !read.success) return undefined;
  const { TableName, IndexName } = read.data;
  const path = IndexName === undefined ? TableName : `${TableName}/index/${IndexName}`;
  const request = { action: `dynamodb:${operation}`, resource: arn(world, 'dynamodb', `table/${path}`) };
  if (leadingKey === null) return [{ ...request, context: {} }];
  const value = textOf(leadingKey(read.data, partitionKeys[path] ?? ''));
  return value === undefined ? undefined : [{ ...request, context: { 'dynamodb:leadingkeys': [value] } }];
}

/** The value that the partition key is compared with. */
function queriedKey(input: Input, partitionKey: string): unknown {
  for (const [, name = '', value = ''] of (input.KeyConditionExpression ?? '').matchAll(/([\w#]+)\s*=\s*(:\w+)/g))
    if ((input.ExpressionAttributeNames[name] ?? name) === partitionKey) return input.ExpressionAttributeValues[value];
  return undefined;
}

const attribute = z.union([
  z.object({ S: z.string() }).transform(({ S }) => S),
  z.object({ N: z.string() }).transform(({ N }) => N),
]);

const textOf = (value: unknown): string | undefined => attribute.safeParse(value).data;
