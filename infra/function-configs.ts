import type { ProvisionUserConfig, TimeLimits } from '../lambdas/provision-user/config.ts';
import type { ReceiveSignupConfig } from '../lambdas/receive-signup/config.ts';
import type { SignupStatusConfig } from '../lambdas/signup-status/config.ts';
import type { CheckedConfig, CheckedDestination } from './checks/checked-config.ts';

/** What of a checked config each function gets beside its bundle: what it needs, and nothing else. */

/** Only what is still taken in: a retired source is unknown to the API, and a retired destination gets nothing new. */
export function receiveSignupConfig({ stage, sources, destinations }: CheckedConfig): ReceiveSignupConfig {
  const active = Object.entries(sources).filter(([, source]) => !source.retired);
  return {
    stage,
    sources: Object.fromEntries(
      active.map(([id, { verify, dedupeKey, to }]) => {
        const open = to.map(({ destination }) => destination).filter((name) => destinations[name]?.retired === false);
        return [id, { verify, dedupeKey: [...dedupeKey], to: open }];
      }),
    ),
  };
}

/** Retired sources and destinations included: their signups' states can still be asked for. */
export function signupStatusConfig({ stage, sources }: CheckedConfig): SignupStatusConfig {
  const entries = Object.entries(sources).map(([id, { to }]) => [id, { to: to.map(({ destination }) => destination) }]);
  return { stage, sources: Object.fromEntries(entries) };
}

/**
 * @throws Error where the destination is not in the config, or has no address and `vendorUrls` knows none either
 */
export function provisionUserConfig(
  config: CheckedConfig,
  id: string,
  timeLimits: TimeLimits,
  vendorUrls: Readonly<Record<string, string>> = {},
): ProvisionUserConfig {
  const destination = config.destinations[id];
  const url = destination?.url ?? vendorUrls[id];
  if (destination === undefined || url === undefined) throw new Error(`the destination ${id} has no address`);
  return {
    stage: config.stage,
    destination: {
      id,
      platform: destination.platform,
      url,
      duplicates: destination.duplicates,
      loginUrl: destination.loginUrl,
      ...(destination.personalData === 'omit' && { personalData: 'omit' as const }),
      recipients: recipientsOf(config, destination),
      roles: [...destination.roles],
      giveUpAfterMs: destination.giveUpAfterMs,
      keepDays: destination.keepDays,
      maximumConcurrency: destination.maximumConcurrency,
      settings: { ...destination.settings },
    },
    sources: Object.fromEntries(
      Object.entries(config.sources).flatMap(([source, { accept, mapping, to }]) =>
        to
          .filter((route) => route.destination === id)
          .map(({ when, set }) => [
            source,
            { mapping: { ...mapping }, set: { ...set }, ...(accept && { accept }), ...(when && { when }) },
          ]),
      ),
    ),
    timeLimits,
  };
}

function recipientsOf(config: CheckedConfig, { credentials }: CheckedDestination) {
  if (credentials === null) return null;
  if (credentials === 'discard') return [];
  return credentials.flatMap((name) => config.recipients[name] ?? []);
}
