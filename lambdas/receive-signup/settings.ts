import { isRecord } from '../signups/is-record.ts';
import type { ReceiveSignupConfig } from './config.ts';

/** Everything that the function is told at its start. */
export interface Settings {
  readonly config: ReceiveSignupConfig;
  /** A destination's id to its queue's URL. */
  readonly queueUrls: ReadonlyMap<string, string>;
}

/**
 * Reads `config.json` and the environment variable `QUEUE_URLS` (a JSON object, a destination's id to its queue's URL).
 *
 * @throws Error with every mistake in both, one a line
 */
export function readSettings(configText: string, environment: Readonly<Record<string, string | undefined>>): Settings {
  const config = parseJson(configText);
  const queueUrls = parseJson(environment.QUEUE_URLS ?? '');
  const mistakes: string[] = [];
  if (!isConfig(config)) mistakes.push('config.json is not what synth writes: synthesize the stage again');
  if (!isTextRecord(queueUrls)) mistakes.push('QUEUE_URLS is no JSON object of queue URLs by destination');
  else
    for (const [destination, url] of Object.entries(queueUrls))
      if (!URL.canParse(url)) mistakes.push(`QUEUE_URLS holds no URL for ${destination}`);
  if (isConfig(config) && isTextRecord(queueUrls)) {
    const wanted = new Set(Object.values(config.sources).flatMap(({ to }) => to));
    for (const destination of wanted)
      if (!Object.hasOwn(queueUrls, destination)) mistakes.push(`QUEUE_URLS has no queue for ${destination}`);
    if (mistakes.length === 0) return { config, queueUrls: new Map(Object.entries(queueUrls)) };
  }
  throw new Error(`receive-signup can't start:\n${mistakes.join('\n')}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether it is our file at all; its values were checked when it was written. */
const isConfig = (json: unknown): json is ReceiveSignupConfig =>
  isRecord(json) &&
  typeof json.stage === 'string' &&
  isRecord(json.sources) &&
  Object.values(json.sources).every(
    (source) => isRecord(source) && isRecord(source.verify) && isTextList(source.dedupeKey) && isTextList(source.to),
  );

const isTextRecord = (value: unknown): value is Readonly<Record<string, string>> =>
  isRecord(value) && isTextList(Object.values(value));

const isTextList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
