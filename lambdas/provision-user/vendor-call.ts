import type { CallFailure } from '../platforms/platform.ts';
import type { Attempt } from './attempt-context.ts';
import type { Entered } from './way-in.ts';

/** One call with a way to the vendor that is open. */
type Call<Result> = (way: Entered) => Promise<Result | CallFailure>;

/** Calls the vendor; after a refused token, or refused credentials that have been replaced since, logs in again once and goes on. */
export async function callVendor<Result extends { readonly kind: string }>(
  { session, signal }: Pick<Attempt, 'session' | 'signal'>,
  entered: Entered,
  call: Call<Result>,
): Promise<Result | CallFailure> {
  const result = await call(entered);
  if (result.kind === 'token-refused') await session.tokenRefused(entered);
  else if (result.kind === 'credentials-refused') await session.credentialsRefused(entered);
  else return result;
  const again = await session.enter(signal);
  const sameCredentials =
    again.kind === 'entered' && result.kind === 'credentials-refused' && again.version === entered.version;
  if (again.kind === 'blocked' || sameCredentials) return result;
  const second = await call(again);
  if (second.kind === 'token-refused') await session.tokenRefused(again);
  if (second.kind === 'credentials-refused') await session.credentialsRefused(again);
  return second;
}

/** Makes one vendor call under its own time limit, within the record's deadline. */
export const withinCallLimit = <Result>(
  { deps, signal }: Pick<Attempt, 'deps' | 'signal'>,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> =>
  deps.withDeadline(deps.config.timeLimits.vendorCallMs, (limit) => call(AbortSignal.any([signal, limit])));
