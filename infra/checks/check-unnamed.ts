import type { CheckedDestination, CheckedSource } from './checked-config.ts';
import type { Mistake } from './mistakes.ts';

/**
 * What is wrong with destinations that no source names: a worker knows the mappings of its sources only, so that what waits for a retired one would
 * wait in vain.
 */
export function checkUnnamed(
  destinations: Readonly<Record<string, Pick<CheckedDestination, 'retired'>>>,
  sources: readonly (Pick<CheckedSource, 'to'> | undefined)[],
): { readonly mistakes: readonly Mistake[]; readonly warnings: readonly string[] } {
  const named = new Set(sources.flatMap((source) => source?.to.map(({ destination }) => destination) ?? []));
  const unnamed = Object.entries(destinations).filter(([id]) => !named.has(id));
  // A source that could not be read may be the one that names it.
  if (sources.includes(undefined)) return { mistakes: [], warnings: [] };
  return {
    mistakes: unnamed.flatMap(([id, { retired }]) =>
      retired
        ? [
            {
              path: ['destinations', id, 'retired'],
              message: `no source names ${id}, and its worker would not know what to do with what waits; keep it in the sources' "to" until it is empty, then remove both`,
            },
          ]
        : [],
    ),
    warnings: unnamed.flatMap(([id, { retired }]) => (retired ? [] : [`destinations.${id}: no source sends to it`])),
  };
}
