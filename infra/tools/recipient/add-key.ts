import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { KeyKeeper } from './private-half.ts';
import { addPublicHalf, kidsOf } from './public-half.ts';

const jwkSchema = z.object({ x: z.string(), y: z.string(), d: z.string() });

/** What was made. */
export interface AddedKey {
  readonly kid: string;
  /** The kids that were in the config before. */
  readonly before: readonly string[];
  /** Whether its keeper had no key before. */
  readonly isFirst: boolean;
}

/**
 * Makes the next key pair of a recipient: the private half goes to its keeper first, so that nothing is ever encrypted to a key that nobody
 * has; then the public half into the config.
 *
 * @throws ToolError where the keeper can't take it; neither half is written then
 */
export async function addKey(configFile: string, id: string, keeper: KeyKeeper): Promise<AddedKey> {
  const configText = readFileSync(configFile, 'utf8');
  const before = kidsOf(configText, id);
  const kept = await keeper.read(before);
  const kid = nextKid(id, [...before, ...kept.keys()]);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y, d } = jwkSchema.parse(privateKey.export({ format: 'jwk' }));
  const publicHalf = { kty: 'EC', crv: 'P-256', x, y, kid } as const;
  const changed = addPublicHalf(configText, id, publicHalf);
  await keeper.write(new Map([...kept, [kid, { ...publicHalf, d }]]));
  writeFileSync(configFile, changed);
  return { kid, before, isFirst: kept.size === 0 };
}

/** `mailer-3` after `mailer-2`: a number is never used again, as long as anybody has the key. */
function nextKid(id: string, kids: readonly string[]): string {
  const numbers = kids.map((kid) => (kid.startsWith(`${id}-`) ? Number(kid.slice(id.length + 1)) : 0));
  return `${id}-${Math.max(0, ...numbers.filter(Number.isSafeInteger)) + 1}`;
}
