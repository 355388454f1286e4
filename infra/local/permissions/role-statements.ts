import { z } from 'zod';
import { attribute, ofType, readProperties } from '../template/properties.ts';
import type { ResolvedResource } from '../template/resolve-template.ts';
import { policyDocumentSchema, type Statement } from './policy.ts';

const roleSchema = z.object({
  Policies: z.array(z.object({ PolicyDocument: policyDocumentSchema })).default([]),
  ManagedPolicyArns: z
    .array(z.unknown())
    .max(0, 'what managed policies allow is not known here; write the statements down')
    .default([]),
});

const policySchema = z.object({ PolicyDocument: policyDocumentSchema, Roles: z.array(z.string()).default([]) });

/**
 * What each role of a template may do, by the role's ARN: its own policies, and those that are attached to it.
 *
 * @throws Error naming the resource that holds what the local stack does not understand
 */
export function roleStatements(resources: readonly ResolvedResource[]): Readonly<Record<string, readonly Statement[]>> {
  const attached = ofType(resources, 'AWS::IAM::Policy').map((resource) => readProperties(policySchema, resource));
  return Object.fromEntries(
    ofType(resources, 'AWS::IAM::Role').map((role) => {
      const own = readProperties(roleSchema, role).Policies;
      const others = attached.filter(({ Roles }) => Roles.includes(role.identity.ref));
      const documents = [...own, ...others].map(({ PolicyDocument }) => PolicyDocument);
      return [attribute(role, 'Arn'), documents.flatMap(({ Statement }) => Statement)];
    }),
  );
}
