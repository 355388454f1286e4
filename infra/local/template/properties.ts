import { z } from 'zod';
import type { ResolvedResource } from './resolve-template.ts';

/** A number that CloudFormation may hold as text. */
export const number = z.coerce.number();

/** CloudFormation takes a redrive or filter policy as an object or as JSON text; the services' APIs take text. */
export const jsonText = z.unknown().transform((value) => (typeof value === 'string' ? value : JSON.stringify(value)));

/** Every resource of one type. */
export const ofType = (resources: readonly ResolvedResource[], type: string): ResolvedResource[] =>
  resources.filter((resource) => resource.type === type);

/**
 * Reads a resource's properties.
 *
 * @throws Error naming the resource and each property that is not as the local stack needs it
 */
export function readProperties<T>(schema: z.ZodType<T>, resource: ResolvedResource): T {
  const result = schema.safeParse(resource.properties);
  if (result.success) return result.data;
  throw new Error(`${resource.logicalId} (${resource.type}): ${z.prettifyError(result.error)}`);
}

/** An attribute of a resource's identity, which its type always has. */
export function attribute(resource: ResolvedResource, name: string): string {
  const value = resource.identity.attributes[name];
  if (value === undefined) throw new Error(`${resource.logicalId} (${resource.type}) has no attribute ${name}`);
  return value;
}
