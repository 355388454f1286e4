import { z } from 'zod';
import type { RegisteredPlatform } from '../../lambdas/platforms/registered.ts';
import { configSchema, destinationSchema } from './config-schema.ts';
import { record } from './record.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema of a config file, by which editors complete and check it while it is written: the same keys as {@link configSchema}, with
 * the names of the presets there are, and each platform's own keys. Synth checks more than a schema can say.
 */
export function configJsonSchema(
  platforms: Readonly<Record<string, RegisteredPlatform>>,
  presets: readonly string[],
): JsonSchema {
  const whole = inputSchema(configSchema);
  const destinations = Object.entries(platforms).map(([name, { settings }]) => destinationOf(name, settings));
  return within(whole, ['properties'], (properties) => ({
    ...within(properties, ['sources', 'additionalProperties', 'properties', 'preset'], (preset) => ({
      ...preset,
      enum: presets,
    })),
    destinations: {
      ...record(properties.destinations),
      additionalProperties: destinations.length === 0 ? true : { oneOf: destinations },
    },
  }));
}

function destinationOf(name: string, settings: RegisteredPlatform['settings']): JsonSchema {
  const common = inputSchema(destinationSchema);
  const own = inputSchema(settings.schema);
  const required = [own.required, settings.credentials === 'none' ? [] : ['credentials']].flat();
  return {
    type: 'object',
    title: settings.title,
    properties: {
      ...record(common.properties),
      platform: { const: name, description: settings.title },
      ...record(own.properties),
    },
    required: ['platform', ...required.filter((key) => typeof key === 'string')],
    additionalProperties: false,
  };
}

/** What a person writes, before defaults and transformations. */
function inputSchema(schema: z.core.$ZodType): JsonSchema {
  const { $schema, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
  return $schema === undefined ? json : { $schema, ...json };
}

function within(json: JsonSchema, path: readonly string[], change: (json: JsonSchema) => JsonSchema): JsonSchema {
  const [key, ...rest] = path;
  if (key === undefined) return change(json);
  return { ...json, [key]: within(record(json[key]), rest, change) };
}
