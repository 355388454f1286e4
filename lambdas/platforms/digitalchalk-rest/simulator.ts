import { randomUUID } from 'node:crypto';
import type { PlatformSimulator } from '../platform-simulator.ts';
import { counter } from '../simulator/counter.ts';
import type { SimulatedReply, SimulatedRequest } from '../simulator/exchange.ts';
import { startSimulator } from '../simulator/kit.ts';
import { chooseVariants } from '../simulator/variants.ts';
import { simulatedRegistrations } from './simulated-registrations.ts';
import { replyWriter } from './simulated-reply.ts';
import { headerProblem, plain } from './simulated-request.ts';
import { simulatedUsers } from './simulated-users.ts';
import { digitalChalkRestVariants } from './variants.ts';

/**
 * DigitalChalk's REST API v5 on this machine: `users` (POST, GET, PUT) and `registrations` (POST, GET). Token, headers, JSON, fields,
 * passwords, tags, locale and paging are checked.
 */
export const simulator: PlatformSimulator = {
  variants: digitalChalkRestVariants,
  start: async (options = {}) => {
    const has = chooseVariants(digitalChalkRestVariants, options.variants);
    const base = has('base', '/api/v5') ? '/api/v5' : '/dc/api/v5';
    const secret = options.secret ?? { token: randomUUID() };
    const counts = counter();
    const write = replyWriter(has, base);
    const usernames = has('usernames', 'ignored') ? 'ignored' : 'kept';
    const users = simulatedUsers(write, options.duplicates ?? 'refused', usernames);
    const registrations = simulatedRegistrations({
      write,
      hasUser: users.exists,
      retakes: has('retakes', 'allowed') ? 'allowed' : 'refused',
    });

    /** With the token and the headers that every call must bring. */
    const guarded =
      (operation: (request: SimulatedRequest, id: string) => SimulatedReply) =>
      (request: SimulatedRequest): SimulatedReply => {
        const problem = headerProblem(request, secret.token);
        if (problem === 'token') {
          counts.count('refusedLogins');
          return write.tokenRefused();
        }
        return problem ?? operation(request, idIn(request, base));
      };

    return startSimulator(
      {
        operations: {
          'POST /users': guarded(users.create),
          'GET /users': guarded(users.list),
          'GET /users/{id}': guarded((_, id) => users.read(id)),
          'PUT /users/{id}': guarded(users.update),
          'POST /registrations': guarded(registrations.create),
          'GET /registrations': guarded(registrations.list),
        },
        operationOf: (request) => operationOf(request, base),
        otherwise: guarded(() => plain(404, 'Not Found')),
        accounts: {
          ...users.store,
          all: () =>
            users.store.all().map((account) => {
              const offerings = registrations.offeringsOf(account.userId);
              return { ...account, fields: { ...account.fields, offerings } };
            }),
        },
        counts,
        secret,
        basePath: base,
      },
      options,
    );
  },
};

function operationOf({ method, path }: SimulatedRequest, base: string): string | undefined {
  const [, collection, id] = below(path, base);
  if (collection === 'registrations' && id === undefined && (method === 'GET' || method === 'POST'))
    return `${method} /registrations`;
  if (collection !== 'users') return undefined;
  if (id === undefined) return method === 'GET' || method === 'POST' ? `${method} /users` : undefined;
  return method === 'GET' || method === 'PUT' ? `${method} /users/{id}` : undefined;
}

const idIn = ({ path }: SimulatedRequest, base: string): string => below(path, base)[2] ?? '';

/** The vendor's samples write the collection's address with and without a slash at its end. */
const below = (path: string, base: string): string[] =>
  path.startsWith(`${base}/`) ? path.slice(base.length).replace(/\/$/, '').split('/') : [];
