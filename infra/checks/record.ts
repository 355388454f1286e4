import { isRecord } from '../../lambdas/signups/is-record.ts';

/** A JSON object, or an empty one in place of anything else. */
export const record = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});

/** The JSON objects in a JSON object. */
export const records = (value: unknown): Readonly<Record<string, Readonly<Record<string, unknown>>>> =>
  Object.fromEntries(
    Object.entries(record(value)).filter((entry): entry is [string, Readonly<Record<string, unknown>>] =>
      isRecord(entry[1]),
    ),
  );

/** What a key of a config's names: nothing of what every object has, such as `constructor`. */
export const named = <Value>(all: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(all, key) ? all[key] : undefined;

export const mapValues = <In, Out>(
  all: Readonly<Record<string, In>>,
  map: (value: In, key: string) => Out,
): Record<string, Out> => Object.fromEntries(Object.entries(all).map(([key, value]) => [key, map(value, key)]));
