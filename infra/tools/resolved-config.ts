import type { CheckedConfig, CheckedDestination, CheckedSource, Route } from '../checks/checked-config.ts';

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** A checked config as a config file again, with every default and every preset's part written out. */
export function resolvedConfig(config: CheckedConfig): Readonly<Record<string, unknown>> {
  const { alerts, sources, destinations, recipients, subscribers, account, region, domain, ingestConcurrency } = config;
  return {
    $schema: './schema.json',
    ...(alerts === null ? {} : { alerts }),
    sources: mapValues(sources, writeSource),
    destinations: mapValues(destinations, writeDestination),
    recipients,
    subscribers,
    account,
    region,
    domain,
    ingestConcurrency,
  };
}

const writeSource = ({
  preset,
  verify,
  dedupeKey,
  accept,
  mapping,
  sample,
  to,
  quietAfterMs,
  retired,
}: CheckedSource) => ({
  preset,
  verify,
  dedupeKey,
  accept,
  mapping,
  sample,
  to: to.map(writeRoute),
  quietAfter: quietAfterMs === undefined ? undefined : writeDuration(quietAfterMs),
  retired,
});

const writeRoute = ({ destination, when, set }: Route) =>
  when === undefined && Object.keys(set).length === 0 ? destination : { destination, when, set };

const writeDestination = ({
  platform,
  url,
  loginUrl,
  credentials,
  giveUpAfterMs,
  keepDays,
  settings,
  ...rest
}: CheckedDestination) => {
  const { personalData, duplicates, roles, maximumConcurrency, batchSize, retired } = rest;
  return {
    platform,
    url,
    loginUrl: loginUrl ?? undefined,
    credentials: credentials ?? undefined,
    personalData,
    duplicates,
    roles,
    maximumConcurrency,
    batchSize,
    giveUpAfter: writeDuration(giveUpAfterMs),
    keep: `${keepDays}d`,
    retired,
    ...settings,
  };
};

/** In the largest unit that it is a whole number of. */
function writeDuration(ms: number): string {
  const [unit, size] = units.find(([, length]) => ms % length === 0) ?? ['s', 1000];
  return `${Math.round(ms / size)}${unit}`;
}

const mapValues = <In, Out>(all: Readonly<Record<string, In>>, write: (value: In) => Out): Record<string, Out> =>
  Object.fromEntries(Object.entries(all).map(([id, value]) => [id, write(value)]));
