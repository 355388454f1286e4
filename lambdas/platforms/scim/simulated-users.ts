import { randomUUID } from 'node:crypto';
import type { Duplicates } from '../platform.ts';
import type { SimulatedAccount } from '../platform-simulator.ts';
import { accountStore } from '../simulator/account-store.ts';
import type { SimulatedReply, SimulatedRequest } from '../simulator/exchange.ts';
import type { HasVariant } from '../simulator/variants.ts';
import { readFilter, type SimulatedFilter } from './simulated-filter.ts';
import { readResource, textAt } from './simulated-resource.ts';
import type { scimVariants } from './variants.ts';

type Has = HasVariant<typeof scimVariants>;
type Told = Readonly<Record<string, unknown>>;

const pageSize = 100;
const always = ['schemas', 'userName', 'name', 'displayName', 'emails'];

/** A reply in JSON, with the server's media type. */
export const scimReply = (has: Has, status: number, body: Told, location?: string): SimulatedReply => ({
  status,
  headers: {
    'content-type': has('mediaType', 'json') ? 'application/json' : 'application/scim+json; charset=utf-8',
    ...(location !== undefined && { location }),
  },
  body: JSON.stringify(body),
});

/** RFC 7644, 3.12: the status is a string. */
export const scimError = (has: Has, status: number, detail: string, scimType?: string): SimulatedReply =>
  scimReply(has, status, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    ...(scimType !== undefined && { scimType }),
    detail,
    status: String(status),
  });

/** `Users` of a SCIM server in memory. */
export function simulatedUsers(has: Has, duplicates: Duplicates) {
  const store = accountStore(duplicates, ({ username }) => username);
  const resources = new Map<string, Told>();

  function create(request: SimulatedRequest): SimulatedReply {
    const read = readResource(request.body);
    if ('scimType' in read) return scimError(has, 400, read.detail, read.scimType);
    if (read.has('password') && has('password', 'refused'))
      return scimError(has, 400, "There is no attribute 'password'", 'invalidValue');
    const account = accountOf(read);
    if (!store.add(account)) return conflict();
    const location = `http://${request.headers.host}${request.path.replace(/\/$/, '')}/${account.userId}`;
    const resource = toldOf(read, account, location);
    resources.set(account.userId, resource);
    return scimReply(has, 201, resource, location);
  }

  function accountOf(resource: ReadonlyMap<string, unknown>): SimulatedAccount {
    const sent = textAt(resource, 'userName');
    return {
      userId: randomUUID(),
      email: textAt(resource, 'emails', 'value'),
      username: has('userName', 'rewritten') ? `${sent}#learner` : sent,
      firstName: textAt(resource, 'name', 'givenName'),
      lastName: textAt(resource, 'name', 'familyName'),
      password: has('password', 'set') ? textAt(resource, 'password') : '',
      fields: {
        externalId: has('externalId', 'kept') ? textAt(resource, 'externalId') : '',
        locale: textAt(resource, 'locale'),
        phone: textAt(resource, 'phoneNumbers', 'value'),
        streetAddress: textAt(resource, 'addresses', 'streetAddress'),
        postalCode: textAt(resource, 'addresses', 'postalCode'),
      },
    };
  }

  /** What is told of a user: never the password (RFC 7643, 4.1.1: "returned" is "never"). */
  function toldOf(resource: ReadonlyMap<string, unknown>, account: SimulatedAccount, location: string): Told {
    const isTold = (name: string) =>
      name !== 'password' &&
      (name === 'externalId' ? has('externalId', 'kept') : has('optional', 'stored') || always.includes(name));
    const stamp = '2026-01-15T10:20:30Z';
    return {
      ...Object.fromEntries([...resource].filter(([name]) => isTold(name))),
      id: account.userId,
      userName: account.username,
      active: has('newUsers', 'active'),
      meta: { resourceType: 'User', created: stamp, lastModified: stamp, location, version: 'W/"1"' },
    };
  }

  function conflict(): SimulatedReply {
    const detail = 'A user with this userName exists';
    if (has('conflict', '400')) return scimError(has, 400, detail, 'invalidValue');
    return scimError(has, 409, detail, has('conflict', 'uniqueness') ? 'uniqueness' : undefined);
  }

  function isWanted({ username, fields }: SimulatedAccount, { attribute, value }: SimulatedFilter): boolean {
    if (has('filter', 'ignored')) return true;
    if (attribute === 'externalId') return fields.externalId === value;
    return has('filterCase', 'exact') ? username === value : username.toLowerCase() === value.toLowerCase();
  }

  function list(filter: unknown): SimulatedReply {
    const wanted = typeof filter === 'string' ? readFilter(filter) : undefined;
    const isUnknown = wanted?.attribute === 'externalId' && has('filterByExternalId', 'unknown');
    if (isUnknown || (wanted === undefined && filter !== undefined))
      return scimError(has, 400, 'The filter is not supported', 'invalidFilter');
    const found = store.all().filter((account) => wanted === undefined || isWanted(account, wanted));
    const page = found.slice(0, pageSize).map(({ userId }) => resources.get(userId));
    return scimReply(has, 200, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: found.length,
      startIndex: 1,
      itemsPerPage: page.length,
      ...(page.length > 0 || has('noResults', 'empty-list') ? { Resources: page } : {}),
    });
  }

  return { store, create, list };
}
