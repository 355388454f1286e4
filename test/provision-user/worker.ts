import type { AccountResult, VendorAccount } from '../../lambdas/platforms/platform.ts';
import type { ProvisionDeps } from '../../lambdas/provision-user/deps.ts';
import { createProvisionUser } from '../../lambdas/provision-user/handler.ts';
import { createSession } from '../../lambdas/provision-user/session.ts';
import type { Mapped } from '../../lambdas/signups/map-signup.ts';
import type { Signup } from '../../lambdas/signups/signup.ts';
import { config } from './config.ts';
import { type LedgerInMemory, ledgerInMemory } from './ledger-in-memory.ts';
import { now } from './signup-items.ts';

export const signup: Signup = {
  email: 'ada@example.com',
  firstName: 'Ada',
  lastName: 'Lovelace',
  tags: [],
  offerings: [],
  role: 'student',
  permissions: {},
  context: {},
};
export const mappedTo = (to: Signup): Mapped => ({ kind: 'signup', signup: to, content: to.email });

/** A worker whose world is in memory, and what it did to it. */
export interface Worker {
  readonly deps: ProvisionDeps;
  readonly ledger: LedgerInMemory;
  readonly handle: ReturnType<typeof createProvisionUser>;
  /** Published texts. */
  readonly told: string[];
  /** Receipt and seconds. */
  readonly visibilities: [string, number][];
  readonly logged: string[];
  readonly calls: string[];
}

export interface WorkerOptions {
  readonly ledger?: LedgerInMemory;
  readonly create?: (email: string) => Promise<AccountResult>;
  readonly map?: (body: Uint8Array) => Promise<Mapped>;
  readonly over?: Partial<ProvisionDeps>;
}

export function workerOf({ ledger = ledgerInMemory(), create, map, over = {} }: WorkerOptions = {}): Worker {
  const told: string[] = [];
  const visibilities: [string, number][] = [];
  const logged: string[] = [];
  const calls: string[] = [];
  let ids = 0;
  const account: VendorAccount = {
    access: 'direct',
    createAccount: async ({ signup }) => {
      calls.push(signup.email);
      return (await create?.(signup.email)) ?? { kind: 'created', account: { userId: '1' }, notApplied: [] };
    },
  };
  const log = (...said: unknown[]) => logged.push(JSON.stringify(said));
  const secret = async () => ({ version: 'v1', value: { key: 'the key of the secret' }, createdAt: 0 });
  const deps: ProvisionDeps = {
    config,
    platform: { credentials: 'none', canLookUp: false, canRegister: false },
    vendor: {
      prepare: ({ email }) => ({ kind: 'ready', personKey: email, loginName: email }),
      open: () => account,
    },
    mapperOf: () => map ?? (async () => mappedTo(signup)),
    ledger,
    secrets: { current: secret, previous: async () => undefined, refreshed: secret },
    publish: async (event) => void told.push(event),
    changeVisibility: async (receipt, seconds) => void visibilities.push([receipt, seconds]),
    observer: { info: log, warn: log, error: log, metric: log },
    now: () => now,
    random: () => 0.5,
    randomBytes: (count) => new Uint8Array(count),
    newId: () => `write-${++ids}`,
    sleep: async () => undefined,
    withDeadline: (_milliseconds, run) => run(new AbortController().signal),
    ...over,
  };
  const handle = createProvisionUser(deps, createSession({ ...deps, sessions: deps.ledger.sessions }));
  return { deps, ledger, handle, told, visibilities, logged, calls };
}
