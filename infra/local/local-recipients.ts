import { generateKeyPairSync } from 'node:crypto';
import { z } from 'zod';
import { record, records } from '../checks/record.ts';

/** A recipient's key pair as JWKs. */
interface MadeUpKey {
  readonly publicHalf: Readonly<Record<string, string>>;
  readonly privateHalf: Readonly<Record<string, string>>;
}

export interface LocalRecipients {
  /** The config with a public key for each recipient that had none. */
  readonly json: unknown;
  /** What their secrets hold, by recipient: `{"keys": [JWK]}`. */
  readonly secrets: Readonly<Record<string, unknown>>;
}

/** What an example has where a key belongs. */
const placeholder = '…';

/**
 * Makes up the key pairs of recipients that a config names and that have no key yet, so that an example works as it stands. For
 * simulated destinations only: what a real vendor hands out must reach somebody.
 *
 * @param json a stage's config, unchecked
 */
export function madeUpRecipients(json: unknown): LocalRecipients {
  const raw = record(json);
  const given = record(raw.recipients);
  const destinations = Object.values(records(raw.destinations));
  const named = (wanted: boolean) =>
    destinations
      .filter(({ url }) => (url === undefined) === wanted)
      .flatMap(({ credentials }) => (Array.isArray(credentials) ? credentials : []))
      .filter((id) => typeof id === 'string');
  const ofRealVendors = new Set(named(false));
  const keyless = [...new Set(named(true))].filter((id) => !ofRealVendors.has(id) && isKeyless(given[id]));
  const keys = new Map(keyless.map((id) => [id, makeKey(`${id}-local`)]));
  const made = Object.fromEntries([...keys].map(([id, { publicHalf }]) => [id, publicHalf]));
  return {
    json: keys.size === 0 ? json : { ...raw, recipients: { ...record(raw.recipients), ...made } },
    secrets: Object.fromEntries([...keys].map(([id, { privateHalf }]) => [id, { keys: [privateHalf] }])),
  };
}

function isKeyless(recipient: unknown): boolean {
  if (recipient === undefined) return true;
  if (Array.isArray(recipient)) return recipient.length === 0;
  const { x, y } = record(recipient);
  return x === placeholder && y === placeholder;
}

const jwkSchema = z.object({ x: z.string(), y: z.string(), d: z.string() });

function makeKey(kid: string): MadeUpKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y, d } = jwkSchema.parse(privateKey.export({ format: 'jwk' }));
  const publicHalf = { kty: 'EC', crv: 'P-256', x, y, kid };
  return { publicHalf, privateHalf: { ...publicHalf, d } };
}
