import { createHmac } from 'node:crypto';
import type { Mapped } from '../signups/map-signup.ts';
import type { SignupMessage } from '../signups/message.ts';
import { openBody, type Sealer, sealBody } from '../signups/sealing.ts';
import type { MapBody, ProvisionDeps } from './deps.ts';

/** The message's body through the source's mapping. */
export async function mapMessage(
  message: SignupMessage,
  ledgerKey: string,
  sealer: Sealer,
  mapBody: MapBody,
): Promise<Mapped> {
  const { kind, body } = message;
  const mapped = await mapBody(kind === 'delivery' ? Buffer.from(body, 'base64') : await openBody(sealer, body));
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
  const { kind, body } = message;
  return async () => (kind === 'delivery' ? sealBody(sealer, body) : body);
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
