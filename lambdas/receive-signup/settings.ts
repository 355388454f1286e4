import { parseReceiveSignupConfig, type ReceiveSignupConfig } from './config.ts';

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
  const mistakes: string[] = [];
  const config = attempt(() => parseReceiveSignupConfig(parseJson(configText)), 'config.json', mistakes);
  const queueUrls = attempt(() => readQueueUrls(environment.QUEUE_URLS), 'QUEUE_URLS', mistakes);
  if (config !== undefined && queueUrls !== undefined)
    for (const destination of new Set(Object.values(config.sources).flatMap(({ to }) => to)))
      if (!queueUrls.has(destination)) mistakes.push(`QUEUE_URLS: has no queue for the destination ${destination}`);
  if (config === undefined || queueUrls === undefined || mistakes.length > 0)
    throw new Error(`receive-signup can't start:\n${mistakes.join('\n')}`);
  return { config, queueUrls };
}

function attempt<T>(read: () => T, what: string, mistakes: string[]): T | undefined {
  try {
    return read();
  } catch (error) {
    const lines = error instanceof Error ? error.message.split('\n') : [String(error)];
    mistakes.push(...lines.map((line) => `${what}: ${line}`));
    return undefined;
  }
}

function readQueueUrls(text: string | undefined): ReadonlyMap<string, string> {
  if (text === undefined || text === '') throw new Error('is not set');
  const json = parseJson(text);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Error('is no JSON object');
  const entries = Object.entries(json).map(([id, url]): [string, string] => [id, typeof url === 'string' ? url : '']);
  const wrong = entries.filter(([, url]) => !URL.canParse(url)).map(([id]) => `${id} has no URL`);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return new Map(entries);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('is no JSON');
  }
}
