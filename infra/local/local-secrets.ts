import { z } from 'zod';
import type { RegisteredPlatform } from '../../lambdas/platforms/registered.ts';
import { verifierFor } from '../../lambdas/receive-signup/verify/schemes.ts';
import type { CheckedConfig } from '../checks/checked-config.ts';
import { ConfigError, type Mistake, mistakesOf } from '../checks/mistakes.ts';
import { makeSourceKey } from '../tools/make-source-key.ts';

/** What a secrets file holds: `{"sources/ID": {"keys": ["…"]}, "destinations/ID": {…}}`. */
export interface GivenSecrets {
  /** How the file is called in messages. */
  readonly file: string;
  readonly json: unknown;
}

export interface LocalSecrets {
  /** Each source's keys: given, or one that was made up. */
  readonly sources: Readonly<Record<string, { readonly keys: readonly string[] }>>;
  /** The destinations' secrets that were given. */
  readonly destinations: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const keysSchema = z.strictObject({ keys: z.array(z.string()).min(1) });
const objectSchema = z.record(z.string(), z.unknown());

/**
 * Sorts the given secrets and makes up the sources' keys that are not given. Nothing is ever made up for a real vendor.
 *
 * @param realVendors the destinations that a simulator does not stand in for, and their addresses
 * @throws ConfigError with everything that is wrong with them: an unknown id, a wrong shape, a real vendor without credentials
 */
export function localSecrets(
  config: CheckedConfig,
  realVendors: Readonly<Record<string, string>>,
  given: GivenSecrets | undefined,
  platforms: Readonly<Record<string, RegisteredPlatform>>,
): LocalSecrets {
  const parsed = objectSchema.safeParse(given?.json ?? {});
  const secrets = parsed.success ? parsed.data : {};
  const mistakes: Mistake[] = parsed.success ? [] : [{ path: [], message: 'must be a JSON object' }];
  const known = [
    ...Object.keys(config.sources).map((id) => `sources/${id}`),
    ...Object.keys(config.destinations).map((id) => `destinations/${id}`),
  ];
  for (const name of Object.keys(secrets))
    if (!known.includes(name))
      mistakes.push({ path: [name], message: `is nothing in the config; there are ${known.join(', ')}` });

  const sources = Object.entries(config.sources).map(([id, { verify }]): [string, { keys: readonly string[] }] => {
    const name = `sources/${id}`;
    if (!Object.hasOwn(secrets, name)) return [id, { keys: [makeSourceKey(verify)] }];
    const result = keysSchema.safeParse(secrets[name], { reportInput: true });
    if (!result.success) mistakes.push(...mistakesOf(result.error.issues, [name]));
    const keys = result.success ? result.data.keys : [];
    for (const [index, key] of keys.entries()) {
      const reading = verifierFor(verify).readKey(key);
      if ('problem' in reading)
        mistakes.push({
          path: [name, 'keys', index],
          message: `${reading.problem} (the source's scheme is ${verify.scheme})`,
        });
    }
    return [id, { keys }];
  });

  const destinations = Object.entries(config.destinations).flatMap(
    ([id, { platform }]): [string, Record<string, unknown>][] => {
      const name = `destinations/${id}`;
      const settings = platforms[platform]?.settings;
      if (!Object.hasOwn(secrets, name)) {
        if (realVendors[id] !== undefined && settings)
          mistakes.push(missingSecret(name, realVendors[id], settings.secretKeys));
        return [];
      }
      const result = settings && z.safeParse(settings.secretSchema, secrets[name], { reportInput: true });
      if (result && !result.success) mistakes.push(...mistakesOf(result.error.issues, [name]));
      const value = objectSchema.safeParse(secrets[name]);
      return value.success ? [[id, value.data]] : [];
    },
  );

  if (mistakes.length > 0) throw new ConfigError(given?.file ?? 'the stack on this machine', mistakes);
  return { sources: Object.fromEntries(sources), destinations: Object.fromEntries(destinations) };
}

function missingSecret(name: string, url: string, keys: readonly string[]): Mistake {
  const shape = `{"${name}": {${keys.map((key) => `"${key}": "…"`).join(', ')}}}`;
  return {
    path: [name],
    message: `is missing: it posts to ${url}, a real vendor, and no key is made up for one. Write ${shape} to a file and pass --secrets FILE, or remove the destination's url to have the vendor simulated`,
  };
}
