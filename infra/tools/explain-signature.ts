import { createHash } from 'node:crypto';
import type { Verify } from '../../lambdas/receive-signup/config.ts';
import type { SignedWebhook } from './sign-webhook.ts';

/** Says exactly what was signed, with which key, and what came out: to be held against what a sender says it does. */
export function explainSignature(verify: Verify, key: string, signed: SignedWebhook): string {
  const { message, headers } = signed;
  const lines = [`scheme   ${JSON.stringify(verify)}`, `key      ${maskKey(key)}`];
  if (message === null) lines.push('signed   nothing: this sender can only show a secret');
  else lines.push(`signed   ${message.byteLength} bytes${showBytes(message)}`);
  const isSecret = message === null;
  for (const [name, value] of Object.entries(headers))
    lines.push(`header   ${name}: ${isSecret ? maskKey(value) : value}`);
  return lines.join('\n');
}

/** Enough to recognise a key by, and not enough to use it: its start where it is long, its length, and a fingerprint. */
export function maskKey(key: string): string {
  const shown = key.length >= 24 ? key.slice(0, key.startsWith('whsec_') ? 10 : 4) : '';
  const fingerprint = createHash('sha256').update(key).digest('hex').slice(0, 8);
  return `${shown}… (${key.length} characters, SHA-256 begins ${fingerprint})`;
}

/** As a JSON text, so that a line end or a space at the end can be seen; as hex where the bytes are no UTF-8. */
function showBytes(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (Buffer.from(text).equals(bytes)) return `, as a JSON text: ${JSON.stringify(text)}`;
  return `, in hex: ${bytes.toString('hex')}`;
}
