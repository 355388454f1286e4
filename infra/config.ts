import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RegisteredPlatform } from '../lambdas/platforms/registered.ts';
import { platforms } from '../lambdas/platforms/registry.ts';
import { checkDestination } from './checks/check-destination.ts';
import { checkRecipients } from './checks/check-recipients.ts';
import { checkSource } from './checks/check-source.ts';
import { checkUnnamed } from './checks/check-unnamed.ts';
import type { CheckedConfig } from './checks/checked-config.ts';
import { configSchema } from './checks/config-schema.ts';
import { ConfigError, type Mistake, mistakesOf } from './checks/mistakes.ts';
import { mapValues, record, records } from './checks/record.ts';
import { placeMistakes } from './checks/same-place.ts';
import { trySamples } from './checks/try-samples.ts';
import type { Preset } from './presets/preset.ts';
import { presets } from './presets/registry.ts';

export const configFolder = join(import.meta.dirname, 'config');

const stagePattern = /^[a-z][a-z0-9-]{0,19}$/;

/** What queues of ours are called that are no destination's own. */
const reservedDestination = /^(welcome-mailer|(.*-)?dlq)$/;

export interface CheckOptions {
  readonly stage: string;
  /** How the file is called in messages. */
  readonly file: string;
  /**
   * Every stage there is: none of their names may be a source's or destination's, or a tool's first word could mean both; and no two may make the
   * same name in the cloud.
   */
  readonly stages: readonly string[];
  /** On this machine: a destination without `url` stays without, and a simulator stands in. */
  readonly simulated?: boolean;
  readonly platforms?: Readonly<Record<string, RegisteredPlatform>>;
  readonly presets?: Readonly<Record<string, Preset>>;
}

/** The stages that have a config file, in alphabetical order. */
export const stagesIn = (folder: string = configFolder): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json') && file !== 'schema.json')
    .map((file) => basename(file, '.json'))
    .sort();

/**
 * Reads and checks one stage's config, and tries its expressions on the sample payloads; the stage's name is the file's.
 *
 * @param stages every stage there is
 * @throws ConfigError with every mistake there is
 */
export async function readConfig(file: string, stages: readonly string[] = stagesIn()): Promise<CheckedConfig> {
  return tryConfig(await readConfigJson(file), { stage: stageOf(file), file, stages });
}

/** The stage that a config file is for. */
export const stageOf = (file: string): string => basename(file, '.json');

/** A config file's JSON, unchecked. @throws ConfigError where there is no such file, or it holds no JSON */
export async function readConfigJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new ConfigError(file, [
      { path: [], message: `cannot be read; the stages that have a config are ${stagesIn().join(', ')}` },
    ]);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigError(file, [{ path: [], message: error instanceof Error ? error.message : String(error) }]);
  }
}

/**
 * Checks a config, and tries its expressions on the sample payloads.
 *
 * @throws ConfigError with every mistake there is
 */
export async function tryConfig(json: unknown, options: CheckOptions): Promise<CheckedConfig> {
  const config = checkConfig(json, options);
  const { mistakes, warnings } = await trySamples(config);
  if (mistakes.length > 0) throw new ConfigError(options.file, mistakes);
  return { ...config, warnings: [...config.warnings, ...warnings] };
}

/**
 * Checks a config whole, merges presets and fills in defaults.
 *
 * @throws ConfigError with every mistake there is, each with its path and how to mend it
 */
export function checkConfig(json: unknown, options: CheckOptions): CheckedConfig {
  const shape = configSchema.safeParse(json, { reportInput: true });
  const shapeMistakes = shape.success ? [] : mistakesOf(shape.error.issues);
  const raw = record(json);
  const rawDestinations = records(raw.destinations);
  const rawSources = records(raw.sources);

  const destinations = mapValues(rawDestinations, (destination, id) =>
    checkDestination(id, destination, {
      platforms: options.platforms ?? platforms,
      recipients: new Set(Object.keys(record(raw.recipients))),
      simulated: options.simulated ?? false,
    }),
  );
  const sources = mapValues(rawSources, (source, id) =>
    checkSource(id, source, {
      presets: options.presets ?? presets,
      platforms: options.platforms ?? platforms,
      destinations: mapValues(destinations, ({ destination }) => destination),
    }),
  );

  const recipients = checkRecipients(record(raw.recipients), options);
  const unnamed = checkUnnamed(
    mapValues(destinations, ({ destination }) => destination),
    Object.values(sources).map(({ source }) => source),
  );
  const verdicts = [...Object.values(sources), ...Object.values(destinations), recipients, unnamed];
  const crossMistakes = [
    ...stageMistakes(raw, options),
    // API Gateway takes no certificate from elsewhere.
    ...placeMistakes(record(raw.domain).certificate, raw, ['domain', 'certificate']),
    ...verdicts.flatMap(({ mistakes }) => mistakes),
  ];
  const mistakes = [...shapeMistakes, ...crossMistakes.filter((mistake) => !isTold(mistake, shapeMistakes))];
  if (mistakes.length > 0 || !shape.success) throw new ConfigError(options.file, mistakes);

  const { alerts, subscribers, account, region, domain, ingestConcurrency } = shape.data;
  return {
    stage: options.stage,
    alerts: alerts === undefined ? null : { page: alerts.page, notify: alerts.notify ?? alerts.page },
    sources: Object.fromEntries(
      Object.entries(sources).flatMap(([id, { source }]) => (source === undefined ? [] : [[id, source]])),
    ),
    destinations: mapValues(destinations, ({ destination }) => destination),
    recipients: recipients.recipients,
    subscribers: subscribers ?? [],
    account,
    region,
    domain,
    ingestConcurrency,
    warnings: verdicts.flatMap(({ warnings }) => warnings),
  };
}

/** What the stage's name asks of the rest. */
function stageMistakes(raw: Readonly<Record<string, unknown>>, { stage, stages }: CheckOptions): Mistake[] {
  const mistakes: Mistake[] = [];
  if (!stagePattern.test(stage))
    mistakes.push({
      path: [],
      message: `the file's name is the stage's, and ${JSON.stringify(stage)} is none: a lower-case letter, then at most 19 lower-case letters, digits and dashes`,
    });
  if (stage !== 'dev' && raw.alerts === undefined)
    mistakes.push({
      path: ['alerts'],
      message: 'is missing; say whom to page, such as {"page": "it@academy.example"}',
    });
  for (const key of ['sources', 'destinations']) {
    const ids = Object.keys(record(raw[key]));
    if (ids.length === 0 && raw[key] !== undefined)
      mistakes.push({ path: [key], message: 'is empty; name at least one' });
    for (const id of ids) {
      // The one name that zod passes over in silence.
      if (id === '__proto__') mistakes.push({ path: [key, id], message: 'is no id; choose another' });
      if (id === stage || stages.includes(id))
        mistakes.push({
          path: [key, id],
          message: 'bears the name of a stage, and tools could not tell them apart; choose another id',
        });
      const other = stages.find((name) => sharesNames(stage, key === 'sources' ? [id] : [id, `provision-${id}`], name));
      if (other !== undefined)
        mistakes.push({
          path: [key, id],
          message: `would share names in the cloud with the stage ${other}, which are made in the same way; choose another id, or another name for that stage`,
        });
      if (key === 'destinations' && reservedDestination.test(id))
        mistakes.push({
          path: [key, id],
          message:
            'would bear the name of another queue: of a dead letter queue, or of the welcome mailer; choose another id',
        });
      // Lambda's limit, and the longest name that we make.
      if (key === 'destinations' && `matriculate-${stage}-provision-${id}`.length > 64)
        mistakes.push({
          path: [key, id],
          message: `is too long: with the stage's name it must stay under ${64 - 'matriculate--provision-'.length + 1} characters`,
        });
    }
  }
  return mistakes;
}

/** Names are `matriculate-{stage}-{what}`: `qa` with `eu-shop` would make those of `qa-eu` with `shop`. */
const sharesNames = (stage: string, made: readonly string[], other: string): boolean =>
  other.startsWith(`${stage}-`) && made.some((name) => `${stage}-${name}`.startsWith(`${other}-`));

/** Whether the shape's mistakes have already said what is wrong with that key. */
const isTold = ({ path }: Mistake, told: readonly Mistake[]): boolean =>
  path.length > 2 && told.some((mistake) => path.every((part, index) => mistake.path[index] === part));
