import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { descriptions } from '../../../infra/contract/descriptions.ts';
import { eventJsonSchemas } from '../../../infra/contract/event-schemas.ts';
import { contractVersion, eventTypes } from '../../../infra/contract/event-types.ts';
import { exampleEvents } from '../../../infra/contract/example-events.ts';
import { credentialsSchema, eventSchema } from '../../../lambdas/signups/event.ts';
import { publishedSchemas, schemaProblems } from '../../fixtures/event-schemas.ts';

const parsed = exampleEvents.map(({ name, text }) => ({ name, text, event: eventSchema.parse(JSON.parse(text)) }));
const fullest = parsed.find(({ name }) => name === 'created')?.text ?? '';

describe('the examples', () => {
  it.each(parsed)('$name is an event by its schema, in every version', ({ text }) => {
    expect(schemaProblems(text)).toEqual([]);
  });

  it('show every type and every state of credentials', () => {
    expect(new Set(parsed.map(({ event }) => event.type))).toEqual(new Set(eventTypes.map(({ type }) => type)));
    const states = credentialsSchema.def.options.map(({ shape }) => [...shape.state.def.values][0]);
    expect(new Set(parsed.flatMap(({ event }) => event.data.credentials?.state ?? []))).toEqual(new Set(states));
  });
});

describe('a schema', () => {
  it.each([
    ['another outcome than its type says', { data: { ...JSON.parse(fullest).data, outcome: 'failed' } }],
    [
      'a state of credentials that nobody knows',
      { data: { ...JSON.parse(fullest).data, credentials: { state: 'x' } } },
    ],
    ['credentials in clear', { data: { ...JSON.parse(fullest).data, credentials: { state: 'encrypted', jwe: 'x' } } }],
    ['a sequence of nine digits', { sequence: '000000001' }],
    ['a mark that says that it is no sample', { test: false }],
  ])('refuses %s', (_, difference) => {
    expect(schemaProblems(JSON.stringify({ ...JSON.parse(fullest), ...difference }))).not.toEqual([]);
  });

  it('and the code’s own definition agree on which fields an event can’t do without', () => {
    const paths = Object.keys(descriptions).filter((path) => path !== 'type');
    fc.assert(
      fc.property(fc.constantFrom(...parsed), fc.subarray(paths, { minLength: 1, maxLength: 2 }), ({ text }, gone) => {
        const changed = gone.reduce((json, path) => without(json, path.split('.')), JSON.parse(text));
        expect(schemaProblems(JSON.stringify(changed)).length === 0).toBe(eventSchema.safeParse(changed).success);
      }),
    );
  });

  it('of any version takes fields that a later one may add, at every level', () => {
    const grown = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(grown);
      if (typeof value !== 'object' || value === null) return value;
      return { ...Object.fromEntries(Object.entries(value).map(([key, child]) => [key, grown(child)])), later: ['x'] };
    };
    for (const { text } of parsed) expect(schemaProblems(JSON.stringify(grown(JSON.parse(text))))).toEqual([]);
  });

  it('describes each field of an event, and nothing else is described', () => {
    const found = new Set(Object.values(eventJsonSchemas()).flatMap((schema) => pathsIn(schema, '')));
    expect(found).toEqual(new Set(Object.keys(descriptions)));
  });
});

it('the schemas of today were given out under today’s version', () => {
  const released = publishedSchemas.find(({ version }) => version === contractVersion);
  expect(Object.keys(released?.schemas ?? {})).toEqual(eventTypes.map(({ type }) => type).sort());
});

/** A copy without the field at a path. */
function without(json: unknown, [key = '', ...rest]: readonly string[]): unknown {
  if (typeof json !== 'object' || json === null) return json;
  const kept = Object.entries(json).filter(([name]) => rest.length > 0 || name !== key);
  return Object.fromEntries(kept.map(([name, child]) => [name, name === key ? without(child, rest) : child]));
}

/** The fields of an event; what a JWE is made of is RFC 7516's matter. */
function pathsIn(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null || path.startsWith('data.credentials.jwe')) return [];
  const alternatives = Object.entries(schema).flatMap(([key, value]) =>
    (key === 'anyOf' || key === 'oneOf') && Array.isArray(value) ? value.flatMap((child) => pathsIn(child, path)) : [],
  );
  const properties = 'properties' in schema ? Object.entries(Object(schema.properties)) : [];
  return [
    ...alternatives,
    ...properties.flatMap(([key, child]) => {
      const own = path === '' ? key : `${path}.${key}`;
      return [own, ...pathsIn(child, own)];
    }),
  ];
}
