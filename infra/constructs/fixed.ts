import { CfnElement, type Resource } from 'aws-cdk-lib';

/** Gives a resource a logical id that stays the same wherever its construct moves: CloudFormation replaces what changes its id. */
export function fixed<R extends Resource>(logicalId: string, resource: R): R {
  const child = resource.node.defaultChild;
  if (!(child instanceof CfnElement)) throw new Error(`${logicalId} has no CloudFormation resource of its own`);
  child.overrideLogicalId(logicalId);
  return resource;
}
