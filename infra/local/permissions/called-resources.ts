import { planTables } from '../template/planned-table.ts';
import type { ResolvedResource } from '../template/resolve-template.ts';
import type { World } from '../template/world.ts';
import { encryptionKeys } from './encryption-keys.ts';

/** What has to be known of a stack to tell what a call asks for. */
export interface CalledResources {
  readonly world: World;
  /** The partition key's name of each table and, as `{table}/index/{index}`, of each index. */
  readonly partitionKeys: Readonly<Record<string, string>>;
  /** The key that encrypts a resource, both by ARN. */
  readonly encryptedWith: Readonly<Record<string, string>>;
}

export function calledResources(resources: readonly ResolvedResource[], world: World): CalledResources {
  const keys = planTables(resources).flatMap(({ name, KeySchema, GlobalSecondaryIndexes }) => [
    { path: name, schema: KeySchema },
    ...GlobalSecondaryIndexes.map((index) => ({ path: `${name}/index/${index.IndexName}`, schema: index.KeySchema })),
  ]);
  return {
    world,
    partitionKeys: Object.fromEntries(
      keys.map(({ path, schema }) => [path, schema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '']),
    ),
    encryptedWith: encryptionKeys(resources),
  };
}
