import type { Reason } from '../signups/outcome.ts';
import type { ProvisionDeps } from './deps.ts';

/**
 * Tells how long a signup has been waiting, and for what; `broken` is what could not even be written into the ledger. An alarm can't ask for a
 * metric over all of its reasons: without one for the alarm, with one for whoever looks into it.
 *
 * @param since when its message was sent, in milliseconds since the epoch
 */
export function tellWaiting(
  { observer, now, config }: Pick<ProvisionDeps, 'observer' | 'now' | 'config'>,
  since: number,
  reason: Reason['code'] | 'broken',
): void {
  const waited = Math.max(0, Math.round((now() - since) / 1000));
  const destination = config.destination.id;
  observer.metric('WaitingSeconds', waited, { destination });
  observer.metric('WaitingSeconds', waited, { destination, reason });
}
