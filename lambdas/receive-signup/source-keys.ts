import type { Secret } from '../signups/ports.ts';
import type { KeyReading } from './verify/verifier.ts';

/** A secret's keys as bytes, and what is wrong with the others, in words that repeat none of them. */
export interface SourceKeys {
  readonly usable: readonly Uint8Array[];
  readonly problems: readonly string[];
  /** Whether there is nothing in it: nobody has filled it, or somebody has emptied it, and meant the keys before, too. */
  readonly isEmpty: boolean;
}

/** Reads `{"keys": ["…"]}`. A secret that nobody has filled yet (`{}`) has no usable key. */
export function readSourceKeys(secret: Secret, readKey: (text: string) => KeyReading): SourceKeys {
  const texts = keysOf(secret.value);
  if (texts === undefined)
    return { usable: [], problems: ['the secret does not hold {"keys": ["…"]}'], isEmpty: isEmptyObject(secret.value) };
  const readings = texts.map(readKey);
  const usable = readings.flatMap((reading) => ('bytes' in reading ? [reading.bytes] : []));
  const problems = readings.flatMap((reading, index) =>
    'problem' in reading ? [`key ${index + 1} ${reading.problem}`] : [],
  );
  return readings.length === 0
    ? { usable, problems: ['the list of keys is empty'], isEmpty: true }
    : { usable, problems, isEmpty: false };
}

const isEmptyObject = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

function keysOf(value: unknown): readonly string[] | undefined {
  const keys: unknown = typeof value === 'object' && value !== null && 'keys' in value ? value.keys : undefined;
  return isTextList(keys) ? keys : undefined;
}

const isTextList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
