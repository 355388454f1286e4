import type { VendorAccount } from '../platforms/platform.ts';
import type { SessionItem, Store } from '../signups/ledger.ts';
import type { Reason } from '../signups/outcome.ts';
import type { Secret } from '../signups/ports.ts';
import { createBreaker } from './breaker.ts';
import type { ProvisionDeps } from './deps.ts';
import { createLogIn } from './login.ts';
import { createPacer, type Pacer } from './pacer.ts';
import { countRefusal, refusalLimit, refusals } from './refusals.ts';
import { createSharedItem } from './session-item.ts';
import { isUnfilled } from './unfilled.ts';
import { type Blocked, blocked, type Entered, pausedBy } from './way-in.ts';

export interface Session {
  /** Opens the way to the vendor, with a login if no token is at hand (several records at once share one), and waits for a turn under its rate limit. */
  readonly enter: (signal: AbortSignal) => Promise<Entered | Blocked>;
  /** The vendor said that this token is not valid: drop it, if it is still the one in the ledger. Never throws: what the call came to must not be lost. */
  readonly tokenRefused: (entered: Entered) => Promise<void>;
  /** The vendor refused the credentials that came with a call: count it, until the breaker is open. Never throws, as above. */
  readonly credentialsRefused: (entered: Entered) => Promise<void>;
}

type Deps = Pick<
  ProvisionDeps,
  'config' | 'vendor' | 'secrets' | 'observer' | 'now' | 'random' | 'newId' | 'sleep' | 'withDeadline'
> & {
  readonly sessions: Store<SessionItem>;
};

/** One worker's way to its vendor: the secret, the fleet's session, the breaker and the pace. */
export function createSession(deps: Deps): Session {
  const { config, vendor, secrets, now } = deps;
  const { destination, timeLimits, stage } = config;
  const secretId = `matriculate/${stage}/destinations/${destination.id}`;
  const shared = createSharedItem(destination.id, deps);
  const breaker = createBreaker(deps.observer, destination.id);
  const logIn = createLogIn(deps, shared, breaker);
  const record = (change: (item: SessionItem) => SessionItem | undefined): Promise<void> =>
    shared.update(change).then(
      () => undefined,
      () => deps.observer.warn('could not write to the session item', { destination: destination.id }),
    );
  const { requestsPerSecond } = vendor;
  const pacer =
    requestsPerSecond === undefined ? undefined : createPacer(requestsPerSecond, destination.maximumConcurrency, deps);
  let entered: (Entered & { readonly expires: number }) | undefined;
  let entering: Promise<Entered | Blocked> | undefined;
  let refusedVersion: string | undefined;

  async function enterOnce(signal: AbortSignal): Promise<Entered | Blocked> {
    let secret: Secret;
    try {
      secret = await secrets.current(secretId);
      // Refused with a call: it may have been corrected since it was cached.
      if (secret.version === refusedVersion) secret = await secrets.refreshed(secretId);
    } catch (error) {
      return blocked(
        'secret-missing',
        `the destination’s secret cannot be read${error instanceof Error ? `: ${error.message}` : ''}`,
      );
    }
    const first = await enterWith(secret, signal);
    if (first.kind === 'entered' || !refreshable.has(first.reason.code)) return first;
    // The secret may have been corrected since it was cached; the same version is not tried again.
    const fresh = await secrets.refreshed(secretId).catch(() => secret);
    return fresh.version === secret.version ? first : enterWith(fresh, signal);
  }

  async function enterWith(secret: Secret, signal: AbortSignal): Promise<Entered | Blocked> {
    if (isUnfilled(secret.value)) return blocked('secret-missing', 'nobody has filled the destination’s secret yet');
    const account = vendor.open(secret.value);
    if ('problem' in account) return blocked('secret-missing', `the destination’s secret ${account.problem}`);
    return account.access === 'direct' ? enterDirectly(secret, account) : enterByLogin(secret, account, signal);
  }

  async function enterDirectly({ version }: Secret, account: VendorAccount): Promise<Entered | Blocked> {
    const item = shared.believed() ?? (await shared.read());
    if (item.paused !== undefined) return pausedBy(item.paused);
    const open = breaker.openFor(item, version);
    if (open !== undefined) return open;
    breaker.tellClosed();
    return { kind: 'entered', account, version, token: '', generation: 0 };
  }

  async function enterByLogin(
    secret: Secret,
    account: Extract<VendorAccount, { access: 'session' }>,
    signal: AbortSignal,
  ): Promise<Entered | Blocked> {
    const { version } = secret;
    if (entered?.version === version && entered.expires > now()) {
      const { paused } = shared.believed() ?? (await shared.read());
      return paused === undefined ? entered : pausedBy(paused);
    }
    const token = await logIn(secret, account, signal);
    if (token.kind === 'blocked') return token;
    breaker.tellClosed();
    entered = { ...token, kind: 'entered', account, version };
    return entered;
  }

  return {
    enter: async (signal) => {
      entering ??= enterOnce(signal).finally(() => {
        entering = undefined;
      });
      const way = await entering;
      if (way.kind === 'blocked' || pacer === undefined) return way;
      const wait = await pacer.first(timeLimits.recordDeadlineMs / 2, signal);
      return wait === 0
        ? { ...way, turn: turnsAfterFirst(pacer) }
        : blocked('rate-limited', 'the vendor’s rate limit leaves no turn before its time is over', wait);
    },
    tokenRefused: async ({ generation }) => {
      if (entered?.generation === generation) entered = undefined;
      await record((item) => {
        if (item.generation !== generation || item.token === undefined) return undefined;
        const { token: _dropped, ...rest } = item;
        return { ...rest, tokenExpires: 0 };
      });
    },
    credentialsRefused: async ({ version }) => {
      entered = undefined;
      refusedVersion = version;
      // Nobody calls with a version that the breaker stops: many workers that count on would only keep each other from writing.
      await record((item) => (refusals(item, version) < refusalLimit ? countRefusal(item, version, now()) : undefined));
    },
  };
}

/** Whoever was let in has had a turn: the first request takes that one, and each further request waits for its own. */
function turnsAfterFirst({ further }: Pacer): (signal: AbortSignal) => Promise<void> {
  let isFirst = true;
  return async (signal) => {
    if (!isFirst) await further(signal);
    isFirst = false;
  };
}

const refreshable: ReadonlySet<Reason['code']> = new Set([
  'credentials-refused',
  'breaker-open',
  'secret-missing',
] as const);
