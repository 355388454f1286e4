import { z } from 'zod';
import { accessKeyOf } from '../functions/function-environment.ts';
import type { Assembly } from '../template/assembly.ts';
import { attribute, ofType, readProperties } from '../template/properties.ts';
import { resolveTemplate } from '../template/resolve-template.ts';
import type { World } from '../template/world.ts';
import type { AccessRequest } from './access-request.ts';
import type { AwsCall } from './aws-call.ts';
import { calledResources } from './called-resources.ts';
import { isAllowed } from './evaluate.ts';
import type { Statement } from './policy.ts';
import type { Refusal } from './refusal.ts';
import { requestsOf } from './requests-of.ts';
import { roleStatements } from './role-statements.ts';

/** What each function of a stack may do, by its role in the template, and what it has done of that. */
export interface Permissions {
  /** By the function's name. */
  readonly statements: Readonly<Record<string, readonly Statement[]>>;
  /** Whether an access key is a function's. */
  readonly isFunction: (accessKeyId: string) => boolean;
  /**
   * Decides on a function's call, and notes it.
   *
   * @param call undefined where it could not be read
   * @returns undefined where it is allowed
   */
  readonly refuse: (accessKeyId: string, call: AwsCall | undefined) => Refusal | undefined;
  /** Whether a function's role allows something that Lambda does in its name. */
  readonly allows: (functionName: string, request: AccessRequest) => boolean;
  /** Each thing that a function was allowed, once. */
  readonly uses: (functionName: string) => readonly AccessRequest[];
  /** Every call that was refused, in the order of time. */
  readonly refusals: () => readonly Refusal[];
}

const functionSchema = z.object({ Role: z.string() });

/** @throws Error naming the resource where a role's policy holds what the local stack does not understand */
export function planPermissions(assembly: Assembly, world: World): Permissions {
  const resolved = resolveTemplate(assembly.template, world);
  const resources = calledResources(resolved, world);
  const byRole = roleStatements(resolved);
  const functions = ofType(resolved, 'AWS::Lambda::Function').map((resource) => ({
    name: resource.identity.ref,
    arn: attribute(resource, 'Arn'),
    accessKeyId: accessKeyOf(resource.identity.ref),
    statements: byRole[readProperties(functionSchema, resource).Role] ?? [],
    used: new Map<string, AccessRequest>(),
  }));
  const refusals: Refusal[] = [];

  function decide(accessKeyId: string, call: AwsCall | undefined): Refusal | undefined {
    const caller = functions.find((each) => each.accessKeyId === accessKeyId);
    const requests = call && requestsOf(call, resources);
    const operation = call?.operation ?? 'a call';
    const who = caller?.name ?? accessKeyId;
    if (caller === undefined || requests === undefined)
      return {
        who,
        operation,
        ofKey: false,
        message: `The local stack can't tell what ${operation} of ${who} asks for`,
      };
    const denied = requests.find((request) => !isAllowed(caller.statements, request));
    if (denied === undefined) {
      for (const request of requests) caller.used.set(JSON.stringify(request), request);
      return undefined;
    }
    const { action, resource } = denied;
    const message = `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
    return { who, operation, message, ofKey: action.startsWith('kms:') };
  }

  return {
    statements: Object.fromEntries(functions.map(({ name, statements }) => [name, statements])),
    isFunction: (accessKeyId) => functions.some((each) => each.accessKeyId === accessKeyId),
    refuse: (accessKeyId, call) => {
      const refusal = decide(accessKeyId, call);
      if (refusal !== undefined) refusals.push(refusal);
      return refusal;
    },
    allows: (name, request) => isAllowed(functions.find((each) => each.name === name)?.statements ?? [], request),
    uses: (name) => [...(functions.find((each) => each.name === name)?.used.values() ?? [])],
    refusals: () => refusals,
  };
}
