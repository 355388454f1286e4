import { z } from 'zod';
import { attribute, number, ofType, readProperties } from './properties.ts';
import type { ResolvedResource } from './resolve-template.ts';

export interface PlannedFunction {
  readonly name: string;
  readonly arn: string;
  /** The role's ARN. */
  readonly role: string;
  /** `index.handler`. */
  readonly handler: string;
  /** The unpacked code. */
  readonly directory: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFormat: 'JSON' | 'Text';
  readonly logLevel: string | undefined;
}

const schema = z.object({
  Handler: z.string(),
  Runtime: z.string().startsWith('nodejs'),
  Role: z.string(),
  Timeout: number.default(3),
  MemorySize: number.default(128),
  Environment: z.object({ Variables: z.record(z.string(), z.string()).default({}) }).default({ Variables: {} }),
  LoggingConfig: z
    .object({ LogFormat: z.enum(['JSON', 'Text']).default('Text'), ApplicationLogLevel: z.string().optional() })
    .default({ LogFormat: 'Text' }),
  Code: z.object({ S3Key: z.string() }),
});

/** @throws Error naming a function whose code is none of the assembly's assets */
export const planFunctions = (
  resources: readonly ResolvedResource[],
  assets: ReadonlyMap<string, string>,
): PlannedFunction[] =>
  ofType(resources, 'AWS::Lambda::Function').map((resource) => {
    const properties = readProperties(schema, resource);
    const directory = assets.get(properties.Code.S3Key.replace(/\.zip$/, ''));
    if (!directory)
      throw new Error(`${resource.logicalId}: its code ${properties.Code.S3Key} is no asset of the assembly`);
    return {
      name: resource.identity.ref,
      arn: attribute(resource, 'Arn'),
      role: properties.Role,
      handler: properties.Handler,
      directory,
      timeoutMs: properties.Timeout * 1000,
      memoryMb: properties.MemorySize,
      environment: properties.Environment.Variables,
      logFormat: properties.LoggingConfig.LogFormat,
      logLevel: properties.LoggingConfig.ApplicationLogLevel,
    };
  });
