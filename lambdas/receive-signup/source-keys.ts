import * as z from 'zod/mini';
import type { Secret } from '../signups/ports.ts';
import type { KeyReading } from './verify/verifier.ts';

const secretSchema = z.object({ keys: z.array(z.string()) });

/** A secret's keys as bytes, and what is wrong with the others, in words that repeat none of them. */
export interface SourceKeys {
  readonly usable: readonly Uint8Array[];
  readonly problems: readonly string[];
}

/** Reads `{"keys": ["…"]}`. A secret that nobody has filled yet (`{}`) has no usable key. */
export function readSourceKeys(secret: Secret, readKey: (text: string) => KeyReading): SourceKeys {
  const parsed = z.safeParse(secretSchema, secret.value);
  if (!parsed.success) return { usable: [], problems: ['the secret does not hold {"keys": ["…"]}'] };
  const readings = parsed.data.keys.map(readKey);
  const usable = readings.flatMap((reading) => ('bytes' in reading ? [reading.bytes] : []));
  const problems = readings.flatMap((reading, index) =>
    'problem' in reading ? [`key ${index + 1} ${reading.problem}`] : [],
  );
  return { usable, problems: readings.length === 0 ? ['the list of keys is empty'] : problems };
}
