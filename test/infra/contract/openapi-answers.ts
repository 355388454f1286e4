import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { z } from 'zod';
import { contractFolder } from '../../fixtures/event-schemas.ts';

/** The OpenAPI document, and a judge who holds what was really answered against it. */

const anySchema = z.record(z.string(), z.unknown());
const refSchema = z.object({ $ref: z.string() });
const headerSchema = z.object({ required: z.boolean().default(false), schema: anySchema });
const mediaSchema = z.object({ schema: z.unknown(), example: z.unknown().optional() });
const responseSchema = z.object({
  description: z.string(),
  headers: z.record(z.string(), z.union([refSchema, headerSchema])).default({}),
  content: z.record(z.string(), mediaSchema),
});
const operationSchema = z.object({
  operationId: z.string(),
  summary: z.string(),
  security: z.array(anySchema),
  responses: z.record(z.string(), z.union([refSchema, responseSchema])),
});
const pathSchema = z.object({ get: operationSchema.optional(), post: operationSchema.optional() });
const variantSchema = z.object({ title: z.string(), properties: anySchema, required: z.array(z.string()) });
const documentSchema = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), pathSchema),
  components: z.looseObject({
    securitySchemes: z.record(z.string(), z.object({ description: z.string() }).loose()),
    schemas: z.looseObject({ DestinationState: z.object({ oneOf: z.array(variantSchema) }).loose() }),
  }),
});

const text = readFileSync(join(contractFolder, 'openapi.json'), 'utf8');
export const json: unknown = JSON.parse(text);
export const document = documentSchema.parse(json);

/** What a reference in the document points at. @throws Error where there is nothing */
export function target(ref: string): unknown {
  const steps = ref.replace(/^#\//, '').split('/');
  return steps.reduce<unknown>((value, step) => {
    const found = anySchema.parse(value)[step.replaceAll('~1', '/').replaceAll('~0', '~')];
    if (found === undefined) throw new Error(`nothing is at ${ref}`);
    return found;
  }, json);
}

/** One of an operation's answers, by status and media type. */
export interface DocumentedAnswer {
  /** Such as `receiveSignup 404 application/problem+json`. */
  readonly name: string;
  readonly headers: Readonly<Record<string, z.infer<typeof headerSchema>>>;
  /** JSON Pointer to the body's schema. */
  readonly pointer: string;
  readonly example: unknown;
}

export const documentedAnswers: readonly DocumentedAnswer[] = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).flatMap(([method, operation]) =>
    Object.entries(operation?.responses ?? {}).flatMap(([status, response]) => {
      const here = `#/paths/${encodeURIComponent(path.replaceAll('/', '~1'))}/${method}/responses/${status}`;
      const pointer = '$ref' in response ? response.$ref : here;
      const { headers, content } = '$ref' in response ? responseSchema.parse(target(response.$ref)) : response;
      return Object.entries(content).map(([type, { example }]) => ({
        name: `${operation?.operationId} ${status} ${type}`,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, header]) => [name.toLowerCase(), readHeader(header)]),
        ),
        pointer: `${pointer}/content/${type.replaceAll('/', '~1')}/schema`,
        example,
      }));
    }),
  ),
);

function readHeader(header: z.infer<typeof refSchema> | z.infer<typeof headerSchema>) {
  return '$ref' in header ? headerSchema.parse(target(header.$ref)) : header;
}

/** A validator for which every object holds what is documented and nothing else, though callers are told to expect more. */
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema(anySchema.parse(closed(json)), 'openapi');

function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, child]) => [key, closed(child)]));
  const isObject = copy.type === 'object' && 'properties' in copy && !('additionalProperties' in copy);
  return isObject ? { ...copy, additionalProperties: false } : copy;
}

/** What a schema of the document has against a value. */
export function schemaProblems(pointer: string, value: unknown): string[] {
  const validate = ajv.compile({ $ref: `openapi${pointer}` });
  return validate(value) ? [] : [`${JSON.stringify(value)}: ${ajv.errorsText(validate.errors)}`];
}

/** An answer as it came over the wire. */
export interface Exchange {
  readonly method: string;
  /** The path, without the query string. */
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** HTTP's own, which no document speaks of; the content type is judged by the media type. */
const transport = new Set(['date', 'connection', 'keep-alive', 'content-length', 'content-type']);

export interface Judgement {
  /** The documented answer that this one is, by its name; or what it would have been called. */
  readonly name: string;
  readonly problems: readonly string[];
}

/** Holds an answer against the document: status, media type, every header and every byte of the body. */
export function judge({ method, path, status, headers, body }: Exchange): Judgement {
  const type = headers.get('content-type')?.split(';')[0] ?? 'no content type';
  const name = `${operationOf(method, path)} ${status} ${type}`;
  const documented = documentedAnswers.find((answer) => answer.name === name);
  if (documented === undefined) return { name, problems: ['is not documented'] };
  const names = new Set([...headers.keys(), ...Object.keys(documented.headers)]);
  const headerProblems = [...names].flatMap((header) => headerProblem(header, headers.get(header), documented));
  const value: unknown = type.endsWith('json') ? JSON.parse(body) : body;
  return { name, problems: [...headerProblems, ...schemaProblems(documented.pointer, value)] };
}

/** A path as written before one with a variable, both before everything else. */
function operationOf(method: string, path: string): string {
  const found = Object.entries(document.paths).find(([template]) =>
    new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path),
  );
  const item = found?.[1];
  const operation = method === 'POST' ? item?.post : method === 'GET' ? item?.get : undefined;
  return operation?.operationId ?? 'nothing';
}

function headerProblem(name: string, value: string | null, { headers }: DocumentedAnswer): string[] {
  const documented = headers[name];
  if (value === null) return documented?.required ? [`the header ${name} is missing`] : [];
  if (documented === undefined) return transport.has(name) ? [] : [`the header ${name} is not documented`];
  return ajv.validate(documented.schema, value) ? [] : [`${name}: ${value}: ${ajv.errorsText(ajv.errors)}`];
}

/** Every state of a signup at a destination and every field that it may have, such as `waiting nextAttemptAt`. */
export const documentedStates: ReadonlyMap<string, readonly string[]> = new Map(
  document.components.schemas.DestinationState.oneOf.flatMap(({ properties }) => {
    const names = z
      .union([z.object({ const: z.string() }), z.object({ enum: z.array(z.string()) })])
      .parse(properties.state);
    const states = 'const' in names ? [names.const] : names.enum;
    return states.map((state): [string, string[]] => [state, Object.keys(properties)]);
  }),
);
