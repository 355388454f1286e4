import type { RegisteredPlatform } from '../../lambdas/platforms/registered.ts';
import type { CheckedDestination, Route } from './checked-config.ts';
import type { Mistake } from './mistakes.ts';
import { named, record } from './record.ts';

/** What a source's routes are judged against. */
export interface RouteSurroundings {
  readonly platforms: Readonly<Record<string, RegisteredPlatform>>;
  /** Every destination that the file names, as far as it could be read. */
  readonly destinations: Readonly<Record<string, Pick<CheckedDestination, 'platform' | 'roles' | 'retired'>>>;
}

/** Where a source's signups go. Without `to` that is the one destination, and whatever is retired beside it. */
export function readRoutes(
  id: string,
  raw: unknown,
  { destinations, isRetired }: RouteSurroundings & { readonly isRetired: boolean },
): { routes: Route[]; mistakes: Mistake[] } {
  const path = ['sources', id, 'to'];
  const mistakes: Mistake[] = [];
  if (raw === undefined) {
    const active = Object.entries(destinations).flatMap(([name, { retired }]) => (retired ? [] : [name]));
    if (active.length > 1)
      mistakes.push({ path, message: `is missing; say which of ${active.join(', ')} get its signups` });
    if (active.length === 0 && Object.keys(destinations).length > 0 && !isRetired)
      mistakes.push({
        path,
        message: 'leads to nobody, since every destination is retired; add another, or retire the source too',
      });
    // A retired destination still works on what came by this source.
    const routes = Object.keys(destinations).map((destination) => ({ destination, when: undefined, set: {} }));
    return { routes, mistakes };
  }
  const routes = (Array.isArray(raw) ? raw : []).map(readRoute);
  for (const [index, { destination }] of routes.entries()) {
    if (destination !== '' && named(destinations, destination) === undefined)
      mistakes.push({ path: [...path, index], message: `there is no destination ${JSON.stringify(destination)}` });
    else if (routes.findIndex((route) => route.destination === destination) < index)
      mistakes.push({
        path: [...path, index],
        message: `${destination} is named twice; join the two with \`or\` in one \`when\``,
      });
  }
  const areRetired = routes.every(({ destination }) => named(destinations, destination)?.retired === true);
  if (routes.length > 0 && areRetired && !isRetired)
    mistakes.push({
      path,
      message: 'every destination that it names is retired; name another, or retire the source too',
    });
  return { routes, mistakes };
}

/** A route in which something is wrong still says where it leads: that is judged too. */
function readRoute(raw: unknown): Route {
  if (typeof raw === 'string') return { destination: raw, when: undefined, set: {} };
  const { destination, when, set } = record(raw);
  const name = typeof destination === 'string' ? destination : '';
  return { destination: name, when: typeof when === 'string' ? when : undefined, set: record(set) };
}

/** What a mapping lacks or asks for in vain, destination by destination. */
export function mappingMistakes(
  id: string,
  mapping: Readonly<Record<string, string>>,
  routes: readonly Route[],
  { destinations, platforms }: RouteSurroundings,
): Mistake[] {
  const at = ['sources', id];
  const mistakes: Mistake[] = [];
  for (const field of ['email', 'firstName', 'lastName'])
    if (mapping[field] === undefined && !(routes.length > 0 && routes.every(({ set }) => field in set)))
      mistakes.push({
        path: [...at, 'mapping', field],
        message: "is missing; a source's mapping replaces its preset's whole",
      });

  for (const [index, { destination, set }] of routes.entries()) {
    const path = [...at, 'to', index, 'set'];
    const target = named(destinations, destination);
    if (target !== undefined && typeof set.role === 'string' && !target.roles.some((role) => role === set.role))
      mistakes.push({
        path: [...path, 'role'],
        message: `${destination} gives no ${set.role}; add it to the destination's roles`,
      });
    const platform = named(platforms, target?.platform ?? '')?.settings;
    if (platform === undefined || platform.canRegister) continue;
    const why = `${destination} is on ${platform.title}, which has no call that registers for offerings`;
    if (Array.isArray(set.offerings) && set.offerings.length > 0)
      mistakes.push({ path: [...path, 'offerings'], message: `${why}; remove them` });
    else if (set.offerings === undefined && mapping.offerings !== undefined)
      mistakes.push({
        path: [...at, 'mapping', 'offerings'],
        message: `${why}; remove it, or set "offerings": [] in the route`,
      });
  }
  return mistakes;
}
