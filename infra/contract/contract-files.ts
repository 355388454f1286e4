import { asyncApi } from './asyncapi.ts';
import { eventJsonSchemas } from './event-schemas.ts';
import { contractVersion } from './event-types.ts';
import { exampleEvents } from './example-events.ts';

/** Every generated file of the contract: its path in this folder, and its content as JSON. `npm run contract` writes them. */
export function contractFiles(): ReadonlyMap<string, unknown> {
  const schemas = Object.entries(eventJsonSchemas());
  return new Map<string, unknown>([
    ['v1/asyncapi.json', asyncApi()],
    ...schemas.map(([type, schema]): [string, unknown] => [`v1/schemas/${type}.json`, schema]),
    ...exampleEvents.map(({ name, text }): [string, unknown] => [`v1/examples/${name}.json`, JSON.parse(text)]),
    // A released version's schemas never change again: the tests hold every event against every one of them.
    ...schemas.map(([type, schema]): [string, unknown] => [`released/${contractVersion}/${type}.json`, schema]),
  ]);
}

/** Where {@link contractFiles} belong. */
export const contractFolder = import.meta.dirname;
