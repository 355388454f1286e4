import type { LoginResult, VendorAccount } from '../platforms/platform.ts';
import type { SessionItem, Store } from '../signups/ledger.ts';
import { blankSession, sessionItemId } from '../signups/ledger.ts';
import type { Reason } from '../signups/outcome.ts';
import type { Secret } from '../signups/ports.ts';
import { createSealer } from '../signups/sealing.ts';
import type { ProvisionDeps } from './deps.ts';
import { createPacer } from './pacer.ts';
import { countRefusal, refusalLimit, refusals, riskyUntil } from './refusals.ts';
import { isUnfilled } from './unfilled.ts';

/**
 * Logging in, once for the whole fleet. The destination's session item holds the token, the one slot for a login in flight, and the
 * refusals by secret version. Two answered refusals open the breaker for that version; only another version, or a person, closes it.
 */

/** How long a worker believes what it read of the session item: of a pause, and of a `direct` vendor's refusals. */
const believedMs = 10_000;
const pollMs = 300;

/** The way to the vendor is open. */
export interface Entered {
  readonly kind: 'entered';
  readonly account: VendorAccount;
  readonly version: string;
  /** Empty for `direct` vendors. */
  readonly token: string;
  readonly generation: number;
}

/** No call may be made now. Nothing was burnt: the signup waits. */
export interface Blocked {
  readonly kind: 'blocked';
  readonly reason: Reason;
  readonly retryAfterMs?: number | undefined;
}

export interface Session {
  /** Opens the way to the vendor, with a login if no token is at hand (several records at once share one), and waits for a turn under its rate limit. */
  readonly enter: (signal: AbortSignal) => Promise<Entered | Blocked>;
  /** The vendor said that this token is not valid: drop it, if it is still the one in the ledger. */
  readonly tokenRefused: (entered: Entered) => Promise<void>;
  /** The vendor refused the credentials that came with a call: count it. */
  readonly credentialsRefused: (entered: Entered) => Promise<void>;
}

type Deps = Pick<ProvisionDeps, 'config' | 'vendor' | 'secrets' | 'observer' | 'now' | 'random' | 'newId' | 'sleep'> & {
  readonly sessions: Store<SessionItem>;
};

const blocked = (code: Reason['code'], message: string, retryAfterMs?: number): Blocked => ({
  kind: 'blocked',
  reason: { code, message },
  retryAfterMs,
});

export function createSession(deps: Deps): Session {
  const { config, vendor, secrets, sessions, observer, now } = deps;
  const { id: destination } = config.destination;
  const itemId = sessionItemId(destination);
  let entered: (Entered & { readonly expires: number }) | undefined;
  let entering: Promise<Entered | Blocked> | undefined;
  const pacer = createPacer(vendor.requestsPerSecond, config.destination.maximumConcurrency, deps);
  let believed: { readonly item: SessionItem; readonly until: number } | undefined;
  let breakerTold: 0 | 1 | undefined;
  let refusedVersion: string | undefined;

  const believedItem = () => (believed !== undefined && believed.until > now() ? believed.item : undefined);
  const blank = () => blankSession(destination);

  async function read(): Promise<SessionItem | undefined> {
    const found = await sessions.read(itemId);
    believed = { item: found ?? blank(), until: now() + believedMs };
    return found;
  }

  /** Reads, changes and writes the item until the write holds. @throws Error after 10 lost races */
  async function update(change: (item: SessionItem) => SessionItem | undefined): Promise<SessionItem | undefined> {
    let found = await sessions.read(itemId);
    for (let tries = 0; tries < 10; tries++) {
      const changed = change(found ?? blank());
      if (changed === undefined) return undefined;
      const item = { ...changed, writeId: deps.newId() };
      const written = await sessions.write(item, found?.writeId ?? null);
      if (written.applied) return item;
      found = written.found;
    }
    throw new Error('the session item is being written by too many');
  }

  function tellBreaker(open: 0 | 1): void {
    if (open === 0 && breakerTold === 0) return;
    breakerTold = open;
    observer.metric('BreakerOpen', open, { destination });
  }

  function breakerOpen(): Blocked {
    tellBreaker(1);
    const message = `the vendor refused the credentials ${refusalLimit} times; put the right ones into the secret, or ask for one more login`;
    return blocked('breaker-open', message);
  }

  async function enterOnce(signal: AbortSignal): Promise<Entered | Blocked> {
    let secret: Secret;
    try {
      secret = await secrets.current(secretId(config));
      // Refused with a call: it may have been corrected since it was cached.
      if (secret.version === refusedVersion) secret = await secrets.refreshed(secretId(config));
    } catch {
      return blocked('secret-missing', 'the destination’s secret cannot be read');
    }
    const first = await enterWith(secret, signal);
    if (first.kind === 'entered' || !refreshable.has(first.reason.code)) return first;
    // The secret may have been corrected since it was cached; the same version is not tried again.
    const fresh = await secrets.refreshed(secretId(config)).catch(() => secret);
    return fresh.version === secret.version ? first : enterWith(fresh, signal);
  }

  async function enterWith(secret: Secret, signal: AbortSignal): Promise<Entered | Blocked> {
    if (isUnfilled(secret.value)) return blocked('secret-missing', 'nobody has filled the destination’s secret yet');
    const account = vendor.open(secret.value);
    if ('problem' in account) return blocked('secret-missing', `the destination’s secret ${account.problem}`);
    return account.access === 'direct' ? enterDirectly(secret, account) : enterByLogin(secret, account, signal);
  }

  async function enterDirectly({ version }: Secret, account: VendorAccount): Promise<Entered | Blocked> {
    const item = believedItem() ?? (await read()) ?? blank();
    if (item.paused !== undefined) return pausedBy(item.paused);
    if (refusals(item, version) >= refusalLimit) return breakerOpen();
    tellBreaker(0);
    return { kind: 'entered', account, version, token: '', generation: 0 };
  }

  type SessionAccount = Extract<VendorAccount, { access: 'session' }>;

  async function enterByLogin(
    secret: Secret,
    account: SessionAccount,
    signal: AbortSignal,
  ): Promise<Entered | Blocked> {
    const held = entered?.version === secret.version && entered.expires > now() ? entered : undefined;
    const known = believedItem();
    if (held !== undefined && known !== undefined && known.paused === undefined) return held;
    const sealer = createSealer(JSON.stringify(secret.value), 'session-token');
    const { loginSlotMs, recordDeadlineMs } = config.timeLimits;
    let patience: number | undefined;
    for (;;) {
      const found = await read();
      // Only now: the first reply of the table may have set the clock.
      patience ??= now() + recordDeadlineMs / 4;
      const item = found ?? blank();
      if (item.paused !== undefined) return pausedBy(item.paused);
      if (held !== undefined) return held;
      if (refusals(item, secret.version) >= refusalLimit) return breakerOpen();
      if (item.token !== undefined && item.tokenExpires > now()) {
        // A token that another secret version sealed can't be opened: it is as good as none.
        const token = await sealer.open(item.token).catch(() => undefined);
        if (token !== undefined) return remember(secret, account, token, item.generation, item.tokenExpires);
      }
      const risky = riskyUntil(item, loginSlotMs) - now();
      if (risky > 0)
        return blocked('login-busy', 'so many logins were refused of late that another could lock the account', risky);
      if (item.slotUntil <= now()) {
        const taken = { ...item, slotUntil: now() + loginSlotMs, writeId: deps.newId() };
        const written = await sessions.write(taken, found?.writeId ?? null);
        if (written.applied) return logIn(secret, account, taken, signal);
      } else if (now() >= Math.min(patience, item.slotUntil - loginSlotMs + recordDeadlineMs)) {
        // Nobody who logs in takes longer than a record may: past that, the slot is of a login that was lost.
        return blocked('login-busy', 'another worker is logging in, or a login ended nobody knows how');
      }
      await deps.sleep(Math.ceil(pollMs * (0.5 + deps.random())));
    }
  }

  async function logIn(
    secret: Secret,
    account: SessionAccount,
    slot: SessionItem,
    signal: AbortSignal,
  ): Promise<Entered | Blocked> {
    // A worker that slept past its deadline would log in when its slot may be over.
    const result: LoginResult = signal.aborted ? outOfTime : await account.login(signal);
    const mine = (item: SessionItem) => item.slotUntil === slot.slotUntil;
    switch (result.kind) {
      case 'token': {
        const expires = now() + result.livesMs;
        const sealer = createSealer(JSON.stringify(secret.value), 'session-token');
        const token = await sealer.seal(result.token);
        // The refusals stay: a success today does not give the version two more tomorrow.
        const written = await update((item) =>
          mine(item)
            ? { ...item, slotUntil: 0, token, tokenExpires: expires, generation: item.generation + 1 }
            : undefined,
        );
        return remember(secret, account, result.token, written?.generation ?? -1, expires);
      }
      case 'credentials-refused':
        await update((item) => ({
          ...countRefusal(item, secret.version, now()),
          ...(mine(item) ? { slotUntil: 0 } : {}),
        }));
        observer.warn('login refused', { destination, detail: result.message });
        return blocked('credentials-refused', result.message);
      case 'not-done':
        await update((item) => (mine(item) ? { ...item, slotUntil: 0 } : undefined));
        return blocked('vendor-unavailable', result.message, result.retryAfterMs);
      case 'nobody-knows':
        // The slot stays taken: it may have been a refusal, and the vendor counts them.
        return blocked('login-busy', `a login’s end is unknown: ${result.message}`);
    }
  }

  function remember(
    secret: Secret,
    account: VendorAccount,
    token: string,
    generation: number,
    expires: number,
  ): Entered {
    tellBreaker(0);
    entered = { kind: 'entered', account, version: secret.version, token, generation, expires };
    return entered;
  }

  return {
    enter: async (signal) => {
      entering ??= enterOnce(signal).finally(() => {
        entering = undefined;
      });
      const way = await entering;
      if (way.kind === 'blocked') return way;
      const wait = await pacer.turn(config.timeLimits.recordDeadlineMs / 2);
      return wait === 0
        ? way
        : blocked('rate-limited', 'the vendor’s rate limit leaves no turn before its time is over', wait);
    },
    tokenRefused: async ({ generation }) => {
      if (entered?.generation === generation) entered = undefined;
      await update((item) => {
        if (item.generation !== generation || item.token === undefined) return undefined;
        const { token: _dropped, ...rest } = item;
        return { ...rest, tokenExpires: 0 };
      });
    },
    credentialsRefused: async ({ version }) => {
      entered = undefined;
      refusedVersion = version;
      const item = await update((found) => countRefusal(found, version, now()));
      if (item !== undefined) believed = { item, until: now() + believedMs };
    },
  };
}

/** A person closed the way; their words are in the log, so that whoever is paged knows whom to ask. */
const pausedBy = ({ by, why, at }: NonNullable<SessionItem['paused']>): Blocked =>
  blocked('paused', `${by} paused the destination at ${at}: ${why}`);

const outOfTime: LoginResult = { kind: 'not-done', message: 'the time was over before the login' };

const secretId = (config: ProvisionDeps['config']): string =>
  `matriculate/${config.stage}/destinations/${config.destination.id}`;

const refreshable: ReadonlySet<Reason['code']> = new Set([
  'credentials-refused',
  'breaker-open',
  'secret-missing',
] as const);
