import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';

/** What of Express is used here; it comes without types. */
type Express = RequestListener & { readonly use: (path: string, router: unknown) => void };
const express: () => Express = createRequire(import.meta.url)('express');

export interface ForeignServer {
  readonly url: string;
  /** The users as they were given to the server's owner, passwords included. */
  readonly users: () => readonly Stored[];
  readonly empty: () => void;
  readonly close: () => Promise<void>;
}

interface Stored extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly userName: string;
}

/**
 * A SCIM server that nobody here wrote: SCIMMY reads requests, checks them against the schema, filters and writes replies. Only the array
 * behind it is ours, and the check that a `userName` is there once, which it leaves to the server's owner.
 *
 * @param owner `filters`: whether the owner has SCIMMY's filter applied, as its documentation asks for
 */
export async function startForeignServer(
  token: string,
  owner: { filters: boolean } = { filters: true },
): Promise<ForeignServer> {
  const users = new Map<string, Stored>();
  SCIMMY.Resources.declare(SCIMMY.Resources.User)
    .ingress(({ id }, user) => {
      const given = { ...JSON.parse(JSON.stringify(user)), password: user.password };
      const isTaken = [...users.values()].some(
        (other) => other.id !== id && other.userName.toLowerCase() === given.userName.toLowerCase(),
      );
      if (isTaken) throw new SCIMMY.Types.Error(409, 'uniqueness', 'The userName is already taken');
      const stamp = '2026-01-15T10:20:30.000Z';
      const stored = { ...given, id: id ?? randomUUID(), meta: { created: stamp, lastModified: stamp } };
      users.set(stored.id, stored);
      return stored;
    })
    .egress(({ id, filter }) => {
      const all = [...users.values()];
      if (id === undefined) return owner.filters && filter !== undefined ? filter.match(all) : all;
      const user = users.get(id);
      if (user === undefined) throw new SCIMMY.Types.Error(404, '', `There is no user ${id}`);
      return user;
    });
  const app = express();
  app.use(
    '/scim/v2',
    new SCIMMYRouters({
      type: 'bearer',
      handler: (request) => {
        if (request.headers.authorization !== `Bearer ${token}`) throw new Error('The token is not accepted');
        return 'matriculate';
      },
    }),
  );
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/scim/v2`,
    users: () => [...users.values()],
    empty: () => users.clear(),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
