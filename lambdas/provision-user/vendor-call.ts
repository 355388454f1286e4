import type { CallFailure, VendorCall } from '../platforms/platform.ts';
import type { Attempt } from './attempt-context.ts';
import { about } from './conclude.ts';
import type { ProvisionDeps } from './deps.ts';
import type { Entered } from './way-in.ts';

/** One call with a way to the vendor that is open, under its own time limit. */
type Call<Result> = (way: Entered, call: VendorCall) => Promise<Result | CallFailure>;

interface Called<Result> {
  readonly result: Result | CallFailure;
  /** By which the vendor was called last: the credentials may have been replaced in between. */
  readonly way: Entered;
}

/**
 * Makes the call that was claimed, and tells how long it took. After a refused token, or refused credentials that have been replaced since, it
 * logs in again once and goes on.
 */
export async function callVendor<Result extends { readonly kind: string }>(
  context: Attempt,
  entered: Entered,
  call: Call<Result>,
): Promise<Called<Result>> {
  const { config, now, observer } = context.deps;
  const started = now();
  const called = await callAtMostTwice(context, entered, call);
  const milliseconds = now() - started;
  observer.metric('VendorMilliseconds', milliseconds, { destination: config.destination.id });
  observer.info('vendor called', { ...about(context.draft.item), reason: called.result.kind, milliseconds });
  return called;
}

async function callAtMostTwice<Result extends { readonly kind: string }>(
  context: Attempt,
  entered: Entered,
  call: Call<Result>,
): Promise<Called<Result>> {
  const { session, signal } = context;
  const once = (way: Entered) => callAbout(context, way, (limited) => call(way, limited));
  const result = await once(entered);
  if (result.kind === 'token-refused') await session.tokenRefused(entered);
  else if (result.kind === 'credentials-refused') await session.credentialsRefused(entered);
  else return { result, way: entered };
  const again = await session.enter(signal);
  const sameCredentials =
    again.kind === 'entered' && result.kind === 'credentials-refused' && again.version === entered.version;
  if (again.kind === 'blocked' || sameCredentials) return { result, way: entered };
  const second = await once(again);
  if (second.kind === 'token-refused') await session.tokenRefused(again);
  if (second.kind === 'credentials-refused') await session.credentialsRefused(again);
  return { result: second, way: again };
}

/** Makes one call about a signup by a way that is open, under its own time limit. */
export const callAbout = <Result>(
  { deps, signup, signal }: Pick<Attempt, 'deps' | 'signup' | 'signal'>,
  { token, turn }: Entered,
  call: (call: VendorCall) => Promise<Result>,
): Promise<Result> => withinCallLimit({ deps, signal }, (limited) => call({ signup, token, turn, signal: limited }));

/** Makes one vendor call under its own time limit, within the record's deadline. */
export const withinCallLimit = <Result>(
  { deps, signal }: { readonly deps: Pick<ProvisionDeps, 'config' | 'withDeadline'>; readonly signal: AbortSignal },
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> =>
  deps.withDeadline(deps.config.timeLimits.vendorCallMs, (limit) => call(AbortSignal.any([signal, limit])));
