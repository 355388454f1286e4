import { z } from 'zod';
import type { RegisteredPlatform } from '../../lambdas/platforms/registered.ts';
import { productionTimeLimits } from '../time-limits.ts';
import type { CheckedDestination } from './checked-config.ts';
import { destinationFields } from './config-schema.ts';
import { durationMs } from './duration.ts';
import { type Mistake, mistakesOf, rightValue } from './mistakes.ts';
import { named } from './record.ts';

/** What a destination is judged against. */
export interface DestinationSurroundings {
  readonly platforms: Readonly<Record<string, RegisteredPlatform>>;
  /** The recipients that the file names. */
  readonly recipients: ReadonlySet<string>;
  /** Whether a simulator will stand in where no address is known. */
  readonly simulated: boolean;
}

/** One destination with its defaults filled in, and what is wrong with it beyond the shape of its common keys. */
export interface DestinationVerdict {
  readonly destination: CheckedDestination;
  readonly mistakes: readonly Mistake[];
  readonly warnings: readonly string[];
}

const day = durationMs('1d') ?? 0;
/** So many requests a call can take: DigitalChalk's REST API, for somebody who was there and gets tags. */
const requestsPerCall = 5;
const callSeconds = productionTimeLimits.vendorCallMs / 1000;
const slowestPaceSeconds = callSeconds / requestsPerCall;

export function checkDestination(
  id: string,
  raw: Readonly<Record<string, unknown>>,
  { platforms, recipients, simulated }: DestinationSurroundings,
): DestinationVerdict {
  const mistakes: Mistake[] = [];
  const report = (key: string, message: string, ...rest: (string | number)[]) =>
    mistakes.push({ path: ['destinations', id, key, ...rest], message });

  const name = rightValue(destinationFields.platform, raw.platform);
  const platform = name === undefined ? undefined : named(platforms, name);
  if (name !== undefined && platform === undefined)
    report('platform', `there is no platform ${JSON.stringify(name)}; there are ${Object.keys(platforms).join(', ')}`);

  let settings: Readonly<Record<string, unknown>> = {};
  if (platform !== undefined) {
    const own = Object.fromEntries(Object.entries(raw).filter(([key]) => !Object.hasOwn(destinationFields, key)));
    const result = z.safeParse(platform.settings.schema, own, { reportInput: true });
    if (result.success) settings = result.data;
    else mistakes.push(...mistakesOf(result.error.issues, ['destinations', id]));
  }

  const written = rightValue(destinationFields.url, raw.url);
  const url = written ?? (simulated ? undefined : (platform?.settings.publishedUrl ?? undefined));
  if (platform !== undefined && url === undefined && !simulated && raw.url === undefined)
    report('url', `is missing; every customer of ${platform.settings.title} has an address of their own`);

  const credentials = rightValue(destinationFields.credentials, raw.credentials);
  if (platform?.settings.credentials === 'none') {
    if (raw.credentials !== undefined) report('credentials', `${platform.settings.title} yields none; remove the key`);
  } else if (platform !== undefined && raw.credentials === undefined) {
    report(
      'credentials',
      'is missing; name the recipients who get the learner’s username and password, or write "discard"',
    );
  }
  if (Array.isArray(raw.credentials))
    for (const [index, recipient] of raw.credentials.entries())
      if (typeof recipient === 'string' && !recipients.has(recipient))
        report(
          'credentials',
          `there is no recipient ${JSON.stringify(recipient)}; make one with \`npm run recipient STAGE ${recipient}\``,
          index,
        );

  const maximumConcurrency = rightValue(destinationFields.maximumConcurrency, raw.maximumConcurrency) ?? 2;
  const { requestsPerSecond } = settings;
  if (typeof requestsPerSecond === 'number' && maximumConcurrency > requestsPerSecond * slowestPaceSeconds)
    report(
      'requestsPerSecond',
      `of ${requestsPerSecond} leaves each of ${maximumConcurrency} workers (maximumConcurrency) too little: a call can take ${requestsPerCall} requests, in ${callSeconds} seconds. It must be at least ${maximumConcurrency / slowestPaceSeconds}, or the workers fewer`,
    );

  return {
    destination: {
      platform: name ?? '',
      url,
      urlWritten: written !== undefined,
      loginUrl: rightValue(destinationFields.loginUrl, raw.loginUrl) ?? null,
      credentials: credentials ?? null,
      personalData: rightValue(destinationFields.personalData, raw.personalData) ?? 'include',
      duplicates: rightValue(destinationFields.duplicates, raw.duplicates) ?? 'refused',
      roles: rightValue(destinationFields.roles, raw.roles) ?? ['student'],
      maximumConcurrency,
      batchSize: rightValue(destinationFields.batchSize, raw.batchSize) ?? 10,
      giveUpAfterMs: rightValue(destinationFields.giveUpAfter, raw.giveUpAfter) ?? 3 * day,
      keepDays: (rightValue(destinationFields.keep, raw.keep) ?? 90 * day) / day,
      retired: raw.retired === true,
      simulator: rightValue(destinationFields.simulator, raw.simulator) ?? {},
      settings,
    },
    mistakes,
    warnings: (platform?.settings.warnings ?? []).map((warning) => `destinations.${id}: ${warning}`),
  };
}
