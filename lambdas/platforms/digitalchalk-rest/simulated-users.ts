import { randomUUID } from 'node:crypto';
import type { Duplicates } from '../platform.ts';
import type { SimulatedAccount } from '../platform-simulator.ts';
import { accountStore } from '../simulator/account-store.ts';
import type { SimulatedReply, SimulatedRequest } from '../simulator/exchange.ts';
import type { ReplyWriter, ValidationError } from './simulated-reply.ts';
import { readFields } from './simulated-request.ts';
import { readUser, type UserFields, userFields } from './simulated-user.ts';

/** The `users` of a simulated organisation. */
export function simulatedUsers(write: ReplyWriter, duplicates: Duplicates, usernames: 'kept' | 'ignored') {
  const store = accountStore(duplicates, ({ email }) => email);
  /** The store's accounts as they are after a PUT, by id. */
  const changed = new Map<string, SimulatedAccount>();
  const current = (account: SimulatedAccount) => changed.get(account.userId) ?? account;
  const all = () => store.all().map(current);
  const byId = (id: string) => all().find(({ userId }) => userId === id);

  function collisions({ email, username }: UserFields, own?: string): ValidationError[] {
    if (duplicates === 'allowed') return [];
    const others = all().filter(({ userId }) => userId !== own);
    const same = (one: string, other: string) => one !== '' && one.toLowerCase() === other.toLowerCase();
    return [
      ...(others.some((other) => same(other.email, email))
        ? [{ field: 'email', text: 'The email address is already taken' }]
        : []),
      ...(others.some((other) => same(other.username, username))
        ? [{ field: 'username', text: 'The username is already taken' }]
        : []),
    ];
  }

  const accountOf = (userId: string, { tags, locale, username, ...user }: UserFields): SimulatedAccount => ({
    ...user,
    userId,
    username: usernames === 'kept' ? username : '',
    fields: { tags: tags.join(' '), locale },
  });

  const shown = ({ userId, firstName, lastName, username, email, fields }: SimulatedAccount) => ({
    id: userId,
    firstName,
    lastName,
    username,
    email,
    tags: tagsOf(fields),
    locale: fields.locale,
    createdDate: '2026-01-15T10:20:30Z',
  });

  return {
    store: { ...store, all },
    exists: (id: string) => byId(id) !== undefined,

    create: (request: SimulatedRequest): SimulatedReply => {
      const body = readFields(request, userFields);
      if ('problem' in body) return write.invalid([{ text: body.problem }]);
      const user = readUser(body.fields);
      if ('errors' in user) return write.invalid(user.errors);
      const taken = collisions(user);
      if (taken.length > 0) return write.invalid(taken);
      const userId = randomUUID().replaceAll('-', '');
      store.add(accountOf(userId, user));
      return write.created(request, 'users', userId);
    },

    list: (request: SimulatedRequest): SimulatedReply => {
      const unknown = [...request.query.keys()].find((name) => !['email', 'limit', 'offset'].includes(name));
      if (unknown !== undefined) return write.invalid([{ text: `There is no filter ${unknown}` }]);
      const wanted = (request.query.get('email') ?? '').toLowerCase();
      return write.list(
        request,
        all()
          .filter(({ email }) => email.toLowerCase().includes(wanted))
          .map(shown),
      );
    },

    read: (id: string): SimulatedReply => {
      const account = byId(id);
      return account === undefined ? write.notFound() : write.one(shown(account));
    },

    /** Fields that are not sent keep their value (DigitalChalk API v5, Update Basic User Information). */
    update: (request: SimulatedRequest, id: string): SimulatedReply => {
      const account = byId(id);
      if (account === undefined) return write.notFound();
      const body = readFields(request, userFields);
      if ('problem' in body) return write.invalid([{ text: body.problem }]);
      const before = Object.entries({ ...account, ...shown(account) }).filter(([name]) => isUserField(name));
      const user = readUser(new Map([...before, ...body.fields]));
      if ('errors' in user) return write.invalid(user.errors);
      const taken = collisions(user, id);
      if (taken.length > 0) return write.invalid(taken);
      changed.set(id, accountOf(id, user));
      return write.changed();
    },
  };
}

const isUserField = (name: string) => userFields.some((field) => field === name);
const tagsOf = ({ tags = '' }: Readonly<Record<string, string>>) => tags.split(' ').filter((tag) => tag !== '');
