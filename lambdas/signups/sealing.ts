import { createHmac, hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, GeneralEncrypt, importJWK } from 'jose';
import * as z from 'zod/mini';

/** An EC P-256 public key as a JWK, with its key id. */
export interface Recipient {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly kid: string;
}

/** Encrypts and decrypts with one key; what it yields is a compact JWE (`dir`, A256GCM). */
export interface Sealer {
  readonly seal: (text: string) => Promise<string>;
  /** @throws Error where the JWE was made with another key or was changed */
  readonly open: (jwe: string) => Promise<string>;
}

const derive = (keyText: string, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', keyText, 'matriculate', purpose, 32));

/**
 * A sealer whose key is derived (HKDF-SHA256) from a secret's text for one purpose, so that a key for tokens opens no bodies.
 *
 * @throws Error where the secret's text is empty
 */
export function createSealer(keyText: string, purpose: string): Sealer {
  if (keyText === '') throw new Error(`the key for ${purpose} is empty`);
  const key = derive(keyText, purpose);
  return {
    seal: (text) =>
      new CompactEncrypt(new TextEncoder().encode(text))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .encrypt(key),
    open: async (jwe) => {
      const { plaintext } = await compactDecrypt(jwe, key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      });
      return new TextDecoder().decode(plaintext);
    },
  };
}

/** The ledger's keyed hash of a person: compared NFC, trimmed and lower-cased; 22 characters of base64url. */
export function hashPerson(ledgerKey: string, personKey: string): string {
  const normal = personKey.normalize('NFC').trim().toLowerCase();
  return createHmac('sha256', derive(ledgerKey, 'person')).update(normal).digest('base64url').slice(0, 22);
}

const keptBodySchema = z.object({ body: z.string() });

/** Encrypts a signup's raw bytes, in base64, as they are kept for a redrive. */
export const sealBody = (sealer: Sealer, body: string): Promise<string> => sealer.seal(JSON.stringify({ body }));

/**
 * The raw bytes that were kept.
 *
 * @throws Error where the JWE can't be opened or holds no body
 */
export const openBody = async (sealer: Sealer, jwe: string): Promise<Buffer> =>
  Buffer.from(z.parse(keptBodySchema, JSON.parse(await sealer.open(jwe))).body, 'base64');

const credentialsSchema = z.object({ username: z.string(), password: z.string() });

/** A learner's new credentials, in clear: they live between a vendor's reply and the JWE, nowhere else. */
export type Credentials = Readonly<z.infer<typeof credentialsSchema>>;

/** @throws Error where the JWE can't be opened or holds no credentials */
export const openCredentials = async (sealer: Sealer, jwe: string): Promise<Credentials> =>
  z.parse(credentialsSchema, JSON.parse(await sealer.open(jwe)));

/**
 * Encrypts credentials to every recipient: a JWE in general JSON serialization, ECDH-ES+A256KW and A256GCM, a `kid` per recipient.
 *
 * @returns the JWE, or `null` where there is no recipient (`"discard"`)
 */
export async function sealCredentials(credentials: Credentials, recipients: readonly Recipient[]): Promise<unknown> {
  if (recipients.length === 0) return null;
  const { username, password } = credentials;
  const jwe = new GeneralEncrypt(new TextEncoder().encode(JSON.stringify({ username, password })));
  jwe.setProtectedHeader({ enc: 'A256GCM', typ: 'JWE', cty: 'application/json' });
  for (const { kid, ...jwk } of recipients) {
    jwe.addRecipient(await importJWK(jwk, 'ECDH-ES+A256KW')).setUnprotectedHeader({ alg: 'ECDH-ES+A256KW', kid });
  }
  return jwe.encrypt();
}
