import { z } from 'zod';
import { eventSchema } from '../../lambdas/signups/event.ts';
import { record } from '../checks/record.ts';
import { descriptions } from './descriptions.ts';
import { type EventType, eventTypes } from './event-types.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema (draft 7, which every validator knows) of each type of event, by type. They ask for what is promised and allow the rest, so
 * that an event with fields of a later minor version is valid, too.
 */
export const eventJsonSchemas = (): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(eventTypes.map((eventType) => [eventType.type, schemaOf(eventType)]));

/** RFC 7516, 7.2.1, as far as this project writes it. */
const jweSchema: JsonSchema = {
  type: 'object',
  properties: {
    protected: { type: 'string' },
    iv: { type: 'string' },
    ciphertext: { type: 'string' },
    tag: { type: 'string' },
    recipients: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: {
          encrypted_key: { type: 'string' },
          header: {
            type: 'object',
            properties: { alg: { const: 'ECDH-ES+A256KW' }, kid: { type: 'string' } },
            required: ['alg', 'kid'],
          },
        },
        required: ['encrypted_key', 'header'],
      },
    },
  },
  required: ['protected', 'iv', 'ciphertext', 'tag', 'recipients'],
};

function schemaOf({ type, outcome, meaning }: EventType): JsonSchema {
  // What is read, not what zod would strip: unknown fields are welcome.
  const { $schema, ...whole } = z.toJSONSchema(eventSchema, { io: 'input', target: 'draft-7' });
  const constants: Readonly<Record<string, string>> = { type, 'data.outcome': outcome };
  return {
    $schema,
    $id: `urn:${type.replaceAll('.', ':')}`,
    title: type,
    ...describe(whole, ''),
    description: meaning,
  };

  function describe(schema: JsonSchema, path: string): JsonSchema {
    const description = descriptions[path] === undefined ? {} : { description: descriptions[path] };
    if (constants[path] !== undefined) return { type: 'string', const: constants[path], ...description };
    if (path === 'data.credentials.jwe') return { ...jweOf(schema), ...description };
    return {
      ...schema,
      ...mapProperties(schema, (child, key) => describe(child, path === '' ? key : `${path}.${key}`)),
      ...mapAlternatives(schema, (child) => describeAlternative(child, path)),
      ...description,
    };
  }

  /** One of several shapes of the same field: its own fields are described, and it is not, again. */
  function describeAlternative(schema: JsonSchema, path: string): JsonSchema {
    const { description, ...described } = describe(schema, path);
    return described;
  }
}

/** Only an unconfirmed password can be without one. */
const jweOf = (schema: JsonSchema): JsonSchema =>
  schema.anyOf === undefined ? jweSchema : { anyOf: [jweSchema, { type: 'null' }] };

function mapProperties(schema: JsonSchema, map: (child: JsonSchema, key: string) => JsonSchema): JsonSchema {
  if (schema.properties === undefined) return {};
  const entries = Object.entries(record(schema.properties));
  return { properties: Object.fromEntries(entries.map(([key, child]) => [key, map(record(child), key)])) };
}

const mapAlternatives = (schema: JsonSchema, map: (child: JsonSchema) => JsonSchema): JsonSchema =>
  Object.fromEntries(
    ['anyOf', 'oneOf'].flatMap((key) => {
      const alternatives = schema[key];
      return Array.isArray(alternatives) ? [[key, alternatives.map((child) => map(record(child)))]] : [];
    }),
  );
