import { randomUUID } from 'node:crypto';
import type { PlatformSimulator } from '../platform-simulator.ts';
import { counter } from '../simulator/counter.ts';
import type { SimulatedReply, SimulatedRequest } from '../simulator/exchange.ts';
import { startSimulator } from '../simulator/kit.ts';
import { chooseVariants } from '../simulator/variants.ts';
import { scimError, simulatedUsers } from './simulated-users.ts';
import { scimVariants } from './variants.ts';

const base = '/scim/v2';

/** A SCIM 2.0 server on this machine: `POST /Users`, `GET /Users?filter=userName eq "…"` and `POST /Users/.search`. */
export const simulator: PlatformSimulator = {
  variants: scimVariants,
  start: async (options = {}) => {
    const has = chooseVariants(scimVariants, options.variants);
    const secret = options.secret ?? { token: randomUUID() };
    const counts = counter();
    const users = simulatedUsers(has, options.duplicates ?? 'refused');
    const mediaTypes = has('mediaType', 'json') ? /^application\/json(;|$)/i : /^application\/scim\+json(;|$)/i;

    /** With the token (RFC 7644, 2) and the media types (3.1) that every request must bring. */
    const guarded =
      (operation: (request: SimulatedRequest) => SimulatedReply) =>
      (request: SimulatedRequest): SimulatedReply => {
        const { headers, method } = request;
        if (headers.authorization !== `Bearer ${secret.token}`) {
          counts.count('refusedLogins');
          const refused = scimError(has, 401, 'Authorization failure');
          return { ...refused, headers: { ...refused.headers, 'www-authenticate': 'Bearer realm="scim"' } };
        }
        if (!mediaTypes.test(headers.accept ?? '')) return scimError(has, 406, 'Not acceptable');
        if (method === 'POST' && !mediaTypes.test(headers['content-type'] ?? ''))
          return scimError(has, 415, 'Unsupported media type');
        return operation(request);
      };

    return startSimulator(
      {
        operations: {
          'POST /Users': guarded(users.create),
          'GET /Users': guarded(({ query }) => users.list(query.get('filter') ?? undefined)),
          'POST /Users/.search': guarded(({ body }) => users.list(filterOf(body))),
        },
        operationOf: ({ method, path }) => operations.find((name) => name === `${method} ${below(path)}`),
        otherwise: guarded(() => scimError(has, 404, 'There is no such resource')),
        accounts: users.store,
        counts,
        secret,
        settings: {
          ...(has('mediaType', 'json') && { mediaType: 'application/json' }),
          ...(has('password', 'refused') && { sendPassword: false }),
        },
        basePath: base,
      },
      options,
    );
  },
};

const operations = ['POST /Users', 'GET /Users', 'POST /Users/.search'];

const below = (path: string): string => (path.startsWith(`${base}/`) ? path.slice(base.length).replace(/\/$/, '') : '');

/** The filter of a search request (RFC 7644, 3.4.3); `null`, which is no filter, where the body is none. */
function filterOf(body: Buffer): unknown {
  try {
    const request: unknown = JSON.parse(body.toString('utf8'));
    if (typeof request !== 'object' || request === null || !('schemas' in request) || !('filter' in request))
      return null;
    const { schemas, filter } = request;
    return Array.isArray(schemas) && schemas.includes('urn:ietf:params:scim:api:messages:2.0:SearchRequest')
      ? filter
      : null;
  } catch {
    return null;
  }
}
