import { createHmac } from 'node:crypto';
import type { Mapped } from '../signups/map-signup.ts';
import type { SignupMessage } from '../signups/message.ts';
import type { KeptBody, Sealer } from '../signups/sealing.ts';
import { openBody } from '../signups/sealing.ts';
import type { MapBody, ProvisionDeps } from './deps.ts';

/** The message's body through the source's mapping. */
export async function mapMessage(
  message: SignupMessage,
  ledgerKey: string,
  sealer: Sealer,
  mapBody: MapBody,
): Promise<Mapped> {
  const { body } = message.kind === 'delivery' ? message : await openBody(sealer, message.body);
  const mapped = await mapBody(Buffer.from(body, 'base64'));
  if (mapped.kind === 'ignored') return mapped;
  // Keyed, for it covers the person's own password: nobody can guess that from the ledger.
  const content = createHmac('sha256', ledgerKey).update(mapped.content).digest('base64url');
  const undedupable = message.kind === 'delivery' ? message.undedupable : undefined;
  if (undedupable === undefined) return { ...mapped, content };
  const words = mapped.kind === 'rejected' ? `${undedupable}; ${mapped.message}` : undedupable;
  return { kind: 'rejected', message: words, content };
}

/** Seals a delivery's body for the ledger; a redriven one is sealed already. */
export function bodyKeeper(message: SignupMessage, sealer: Sealer): () => Promise<string> {
  if (message.kind !== 'delivery') return async () => message.body;
  const { contentType, body } = message;
  return () => sealer.seal(JSON.stringify({ contentType, body } satisfies KeptBody));
}

export async function readLedgerKey({ config, secrets }: ProvisionDeps): Promise<string> {
  const { value } = await secrets.current(`matriculate/${config.stage}/ledger`);
  if (
    typeof value === 'object' &&
    value !== null &&
    'key' in value &&
    typeof value.key === 'string' &&
    value.key !== ''
  )
    return value.key;
  throw new Error(`the secret matriculate/${config.stage}/ledger holds no {"key": "…"}`);
}
