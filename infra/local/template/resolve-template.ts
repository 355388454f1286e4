import type { Resource, Template } from './assembly.ts';
import { type Identity, identify, namingProperty } from './identities.ts';
import { noValue, resolveIntrinsics, type Scope } from './intrinsics.ts';
import { account, type World } from './world.ts';

/** A resource with every intrinsic function resolved. */
export interface ResolvedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly identity: Identity;
}

/**
 * Resolves a whole template.
 *
 * @throws Error naming the resource that refers to something that is not there, or uses a function that is not known
 */
export function resolveTemplate(template: Template, world: World): ResolvedResource[] {
  const scope = templateScope(template, world);
  return Object.entries(template.Resources).map(([logicalId, resource]) => {
    try {
      const properties = Object.fromEntries(
        Object.entries(resource.Properties)
          .map(([key, value]): [string, unknown] => [key, resolveIntrinsics(value, scope.intrinsics)])
          .filter(([, value]) => value !== noValue),
      );
      return { logicalId, type: resource.Type, properties, identity: scope.identityOf(logicalId) };
    } catch (error) {
      throw new Error(`${logicalId} (${resource.Type}): ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  });
}

function templateScope(template: Template, world: World) {
  const identities = new Map<string, Identity>();
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::Region': world.region,
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': world.stackName,
    'AWS::StackId': `arn:aws:cloudformation:${world.region}:${account}:stack/${world.stackName}/local`,
    'AWS::NoValue': noValue,
  };

  function identityOf(logicalId: string): Identity {
    const known = identities.get(logicalId);
    if (known) return known;
    const resource = template.Resources[logicalId];
    if (!resource) throw new Error(`refers to ${logicalId}, which is not in the template`);
    const identity = identify(resource.Type, physicalName(logicalId, resource), world);
    identities.set(logicalId, identity);
    return identity;
  }

  function physicalName(logicalId: string, resource: Resource): string {
    const naming = namingProperty(resource.Type);
    const name = naming === undefined ? undefined : resolveIntrinsics(resource.Properties[naming], intrinsics);
    return typeof name === 'string' ? name : `${world.stackName}-${logicalId}`;
  }

  const intrinsics: Scope = {
    ref: (name) => {
      if (Object.hasOwn(pseudo, name)) return pseudo[name];
      if (Object.hasOwn(template.Parameters, name)) return template.Parameters[name]?.Default;
      return identityOf(name).ref;
    },
    getAtt: (logicalId, attribute) => {
      const { attributes, otherwise } = identityOf(logicalId);
      const value = attributes[attribute] ?? otherwise;
      if (value === undefined)
        throw new Error(`asks for ${logicalId}.${attribute}, which the local stack does not know`);
      return value;
    },
    findInMap: (map, first, second) => {
      const value = template.Mappings[map]?.[first]?.[second];
      if (value === undefined) throw new Error(`asks for ${map}.${first}.${second}, which is in no mapping`);
      return value;
    },
  };
  return { intrinsics, identityOf };
}
