import { randomBytes, randomInt } from 'node:crypto';
import type { PlatformSimulator, SimulatorOptions } from '../platform-simulator.ts';
import { type AccountStore, accountStore } from '../simulator/account-store.ts';
import { type Counter, counter } from '../simulator/counter.ts';
import type { SimulatedReply, SimulatedRequest } from '../simulator/exchange.ts';
import { startSimulator } from '../simulator/kit.ts';
import { chooseVariants, type HasVariant } from '../simulator/variants.ts';
import { simulatedAccess } from './simulated-access.ts';
import { readForm } from './simulated-form.ts';
import { readUser, userFieldNames } from './simulated-user.ts';
import { replyWriter } from './simulated-xml.ts';
import { electaVariants } from './variants.ts';

/** Electa's API 3.0 on this machine: operations `token` and `User/Create`, in any case and with or without a slash at the end. */
export const simulator: PlatformSimulator = {
  variants: electaVariants,
  start: async (options = {}) => {
    const has = chooseVariants(electaVariants, options.variants);
    const accounts = accountStore(options.duplicates ?? 'refused', ({ email }) => email);
    const counts = counter();
    const secret = { cid: '12345', appKey: inventedKey(), ...options.secret };
    const service = electaService({ has, accounts, counts, secret, now: options.now ?? Date.now });
    const bare = !has('errors', 'coded');
    return startSimulator(
      {
        operations: { token: service.login, 'User/Create': service.createUser },
        operationOf: ({ path }) => operations.get(path.toLowerCase().replace(/\/$/, '')),
        otherwise: () => ({ status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not Found</h1>' }),
        accounts,
        counts,
        secret,
        settings: bare ? { refusals: codesAsSettings } : {},
      },
      options,
    );
  },
};

const operations = new Map([
  ['/token', 'token'],
  ['/user/create', 'User/Create'],
]);

/** The code of the zero and both texts of the token call are published; every other code and text is invented. */
const refusals = {
  account: [1, 'Invalid Account or Application Key'],
  locked: [2, 'API access is locked for 15 minutes'],
  token: [3, 'Invalid or expired Token'],
  exists: [4, 'The email address already exists'],
  request: [5, ''],
} as const;

const codesAsSettings = {
  emailExists: ['code:4'],
  tokenNotValid: ['code:3'],
  locked: ['code:2'],
  invalidCredentials: ['code:1'],
};

interface Service {
  readonly has: HasVariant<typeof electaVariants>;
  readonly accounts: AccountStore;
  readonly counts: Counter;
  readonly secret: Readonly<Record<string, unknown>>;
  readonly now: NonNullable<SimulatorOptions['now']>;
}

function electaService({ has, accounts, counts, secret, now }: Service) {
  const write = replyWriter(has);
  const access = simulatedAccess(now, {
    newTokenEndsEarlier: has('newToken', 'ends-earlier'),
    successForgives: has('failedLogins', 'forgiven'),
  });
  const refuse = (refusal: keyof typeof refusals, words?: string): SimulatedReply => {
    const [code, text] = refusals[refusal];
    return write.refused(code, words ?? text);
  };
  const isOurs = (values: ReadonlyMap<string, string>) => values.get('cid') === String(secret.cid);

  function login(request: SimulatedRequest): SimulatedReply {
    const form = readForm(request, ['CID', 'AppKey']);
    if (!access.isLocked() && 'values' in form && isOurs(form.values) && form.values.get('appkey') === secret.appKey)
      return write.token(access.loginSucceeded());
    counts.count('refusedLogins');
    if (access.isLocked()) return refuse('locked');
    access.loginFailed();
    if (access.isLocked()) counts.count('lockouts');
    return 'values' in form ? refuse('account') : refuse('request', form.problem);
  }

  function createUser(request: SimulatedRequest): SimulatedReply {
    const form = readForm(request, ['CID', 'Token', ...userFieldNames]);
    if ('problem' in form) return refuse('request', form.problem);
    if (access.isLocked()) return refuse('locked');
    if (!isOurs(form.values)) return refuse('account');
    if (!access.isTokenValid(form.values.get('token') ?? '')) return refuse('token');
    const user = readUser(form.values);
    if ('problem' in user) return refuse('request', user.problem);
    return store(user);
  }

  function store(user: Readonly<Record<string, string>>): SimulatedReply {
    const { Email: email = '', FirstName: firstName = '', LastName: lastName = '' } = user;
    const userId = String(9041 + accounts.all().length);
    const username = `${firstName.toLowerCase().replaceAll(/[^a-z]/g, '')}${userId}`;
    const password = inventedPassword();
    const fields = has('teachers', 'single') ? asStudent(user) : user;
    const userType = fields.UserType ?? 'STD';
    const stored = accounts.add({ userId, email, username, firstName, lastName, password, fields });
    if (!stored) return refuse('exists');
    const name = `${firstName} ${lastName}`;
    return write.created({ companyId: String(secret.cid), userType, email, name, userId, username, password });
  }

  return { login, createUser };
}

/** Single-teacher accounts discard all teacher parameters. */
const asStudent = (user: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(Object.entries(user).filter(([name]) => !name.startsWith('Can'))),
  UserType: 'STD',
});

/** Holds everything that a reader of XML could spoil. */
const inventedPassword = () => `<&"'ü漢😀>${randomBytes(6).toString('base64url')}`;

const inventedKey = () =>
  Array.from({ length: 32 }, () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'[randomInt(36)]).join('');
