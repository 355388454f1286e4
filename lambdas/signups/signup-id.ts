import { createHash } from 'node:crypto';

const idCharacters = 22;

/**
 * A signup's name: the same for every redelivery, at every destination.
 *
 * @param source the source's id
 * @param dedupeKey its parts, in the config's order; any text
 * @returns `{source}.{22 characters of base64url(sha256)}`; the hash is over the JSON of all parts, so that no two lists make the same text
 */
export function signupIdOf(source: string, dedupeKey: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify([source, ...dedupeKey]));
  return `${source}.${hash.digest('base64url').slice(0, idCharacters)}`;
}
