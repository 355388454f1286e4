import type { LoginResult, VendorAccount } from '../platforms/platform.ts';
import type { SessionItem } from '../signups/ledger.ts';
import type { Secret } from '../signups/ports.ts';
import { createSealer, type Sealer } from '../signups/sealing.ts';
import type { Breaker } from './breaker.ts';
import type { ProvisionDeps } from './deps.ts';
import { countRefusal, riskyUntil } from './refusals.ts';
import type { SharedItem } from './session-item.ts';
import { withinCallLimit } from './vendor-call.ts';
import { type Blocked, blocked, pausedBy } from './way-in.ts';

/**
 * Logging in, once for the whole fleet. The session item holds the token, and the one slot for a login in flight: a worker takes the slot
 * before it logs in, and an end that nobody knows leaves it taken until its time is over.
 */

const pollMs = 300;

/** A token for calls. */
export interface Token {
  readonly kind: 'token';
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
  /** −1 where the ledger does not hold it: then nobody drops it there. */
  readonly generation: number;
}

export type LogIn = (
  secret: Secret,
  account: Extract<VendorAccount, { access: 'session' }>,
  signal: AbortSignal,
) => Promise<Token | Blocked>;

type Deps = Pick<ProvisionDeps, 'config' | 'observer' | 'now' | 'random' | 'sleep' | 'withDeadline'>;

/** What finds the fleet's token, or logs in for it. */
export function createLogIn(deps: Deps, shared: SharedItem, breaker: Breaker): LogIn {
  const { config, observer, now } = deps;
  const { loginSlotMs, recordDeadlineMs } = config.timeLimits;

  return async (secret, account, signal) => {
    const sealer = createSealer(JSON.stringify(secret.value), 'session-token');
    let patience: number | undefined;
    for (;;) {
      const item = await shared.read();
      // Only now: the first reply of the table may have set the clock.
      patience ??= now() + recordDeadlineMs / 4;
      if (item.paused !== undefined) return pausedBy(item.paused);
      const open = breaker.openFor(item, secret.version);
      if (open !== undefined) return open;
      if (item.token !== undefined && item.tokenExpires > now()) {
        // A token that another secret version sealed can't be opened: it is as good as none.
        const token = await sealer.open(item.token).catch(() => undefined);
        if (token !== undefined)
          return { kind: 'token', token, expires: item.tokenExpires, generation: item.generation };
      }
      const risky = riskyUntil(item, loginSlotMs) - now();
      if (risky > 0)
        return blocked('login-busy', 'so many logins were refused of late that another could lock the account', risky);
      if (item.slotUntil <= now()) {
        const slotUntil = now() + loginSlotMs;
        const { applied } = await shared.replace(item, { ...item, slotUntil });
        // A worker that slept past its deadline would log in when its slot may be over.
        if (applied) {
          const result = signal.aborted ? outOfTime : await withinCallLimit({ deps, signal }, account.login);
          return settle(result, secret.version, sealer, slotUntil);
        }
      } else if (now() >= Math.min(patience, item.slotUntil - loginSlotMs + recordDeadlineMs)) {
        // Nobody who logs in takes longer than a record may: past that, the slot is of a login that was lost.
        return blocked('login-busy', 'another worker is logging in, or a login ended nobody knows how');
      }
      await deps.sleep(Math.ceil(pollMs * (0.5 + deps.random())));
    }
  };

  async function settle(
    result: LoginResult,
    version: string,
    sealer: Sealer,
    slotUntil: number,
  ): Promise<Token | Blocked> {
    const isMine = (item: SessionItem) => item.slotUntil === slotUntil;
    switch (result.kind) {
      case 'token': {
        const tokenExpires = now() + result.livesMs;
        const token = await sealer.seal(result.token);
        // The refusals stay: a success today does not give the version two more tomorrow.
        const written = await shared.update((item) =>
          isMine(item) ? { ...item, slotUntil: 0, token, tokenExpires, generation: item.generation + 1 } : undefined,
        );
        return {
          kind: 'token',
          token: result.token,
          expires: tokenExpires,
          generation: written?.generation ?? -1,
        };
      }
      case 'credentials-refused':
        await shared.update((item) => ({
          ...countRefusal(item, version, now()),
          ...(isMine(item) ? { slotUntil: 0 } : {}),
        }));
        observer.warn('login refused', { destination: config.destination.id, detail: result.message });
        return blocked('credentials-refused', result.message);
      case 'not-done':
        await shared.update((item) => (isMine(item) ? { ...item, slotUntil: 0 } : undefined));
        return blocked('vendor-unavailable', result.message, result.retryAfterMs);
      case 'nobody-knows':
        // The slot stays taken: it may have been a refusal, and the vendor counts them.
        return blocked('login-busy', `a login’s end is unknown: ${result.message}`);
    }
  }
}

const outOfTime: LoginResult = { kind: 'not-done', message: 'the time was over before the login' };
