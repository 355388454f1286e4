/** The route that a request takes. */
export interface RouteMatch<Route> {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * Chooses a route as an HTTP API does ("Working with routes"): a full match before one with `{variables}`, those before a greedy
 * `{proxy+}`, a named method before `ANY`, and `$default` last.
 *
 * @param path decoded, without the query string
 */
export function matchRoute<Route extends { readonly routeKey: string }>(
  routes: readonly Route[],
  method: string,
  path: string,
): RouteMatch<Route> | undefined {
  const matches = routes.flatMap((route) => {
    const pathParameters = match(route.routeKey, method, path);
    return pathParameters ? [{ route, pathParameters }] : [];
  });
  return matches.toSorted((a, b) => rank(a.route.routeKey) - rank(b.route.routeKey))[0];
}

function match(routeKey: string, method: string, path: string): Record<string, string> | undefined {
  if (routeKey === '$default') return {};
  const [routeMethod, routePath = ''] = routeKey.split(' ');
  if (routeMethod !== method && routeMethod !== 'ANY') return undefined;
  const wanted = routePath.split('/');
  const given = path.split('/');
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index];
    const [, name, greedy] = /^\{([^}+]+)(\+)?\}$/.exec(segment) ?? [];
    if (value === undefined || (name === undefined && segment !== value)) return undefined;
    if (name !== undefined && value === '') return undefined;
    if (name !== undefined && greedy) return { ...parameters, [name]: given.slice(index).join('/') };
    if (name !== undefined) parameters[name] = value;
  }
  return wanted.length === given.length ? parameters : undefined;
}

function rank(routeKey: string): number {
  if (routeKey === '$default') return 6;
  const kind = routeKey.includes('+}') ? 4 : routeKey.includes('{') ? 2 : 0;
  return kind + (routeKey.startsWith('ANY ') ? 1 : 0);
}
