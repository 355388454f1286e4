import { createMapper } from '../signups/map-signup.ts';
import type { ProvisionUserConfig } from './config.ts';
import type { MapBody } from './deps.ts';

/**
 * The mappers of a destination's sources, each compiled when its first message comes.
 *
 * @returns `undefined` for a source that this function's config does not know
 */
export function createMappers(sources: ProvisionUserConfig['sources']): (source: string) => MapBody | undefined {
  const mappers = new Map<string, MapBody>();
  return (source) => {
    const rules = Object.hasOwn(sources, source) ? sources[source] : undefined;
    if (rules === undefined) return undefined;
    const mapper = mappers.get(source) ?? createMapper(rules);
    mappers.set(source, mapper);
    return mapper;
  };
}
