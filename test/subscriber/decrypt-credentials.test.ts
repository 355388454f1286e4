import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, GeneralEncrypt, generateKeyPair, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Recipient, sealCredentials } from '../../lambdas/signups/sealing.ts';
import { decryptCredentials, NotForUsError } from '../../lambdas/subscriber/decrypt-credentials.ts';
import { InvalidEventError } from '../../lambdas/subscriber/invalid-event-error.ts';
import { InvalidKeysError } from '../../lambdas/subscriber/invalid-keys-error.ts';
import { readPrivateKeys } from '../../lambdas/subscriber/private-keys.ts';
import { contractFolder } from '../fixtures/event-schemas.ts';

const credentials = { username: 'ada9041', password: 'c4n4ry & <Ø>' };

async function keyPair(kid: string): Promise<{ publicKey: Recipient; privateKey: object }> {
  const { privateKey } = await generateKeyPair('ECDH-ES+A256KW', { crv: 'P-256', extractable: true });
  const { x, y, d } = z.object({ x: z.string(), y: z.string(), d: z.string() }).parse(await exportJWK(privateKey));
  const publicKey = { kty: 'EC', crv: 'P-256', x, y, kid } as const;
  return { publicKey, privateKey: { ...publicKey, d } };
}

const [old, young, crm, stranger] = await Promise.all(['mailer-1', 'mailer-2', 'crm-1', 'other-1'].map(keyPair));
if (!old || !young || !crm || !stranger) throw new Error('no keys');
const keysOf = (...pairs: readonly { privateKey: object }[]) =>
  readPrivateKeys(JSON.stringify({ keys: pairs.map(({ privateKey }) => privateKey) }));

describe('credentials', () => {
  it.each([
    ['one recipient', [young.publicKey]],
    ['several', [crm.publicKey, old.publicKey, young.publicKey]],
  ])('are read by a recipient among %s', async (_, recipients) => {
    const jwe = await sealCredentials(credentials, recipients);
    expect(await decryptCredentials(jwe, keysOf(young))).toEqual(credentials);
  });

  it('are read while a key is being changed, whichever of the two they were made for', async () => {
    for (const { publicKey } of [old, young])
      expect(await decryptCredentials(await sealCredentials(credentials, [publicKey]), keysOf(old, young))).toEqual(
        credentials,
      );
  });

  it('of the contract’s example are read with the contract’s example key', async () => {
    const read = (name: string) => readFileSync(join(contractFolder, 'example', name), 'utf8');
    const keys = readPrivateKeys(read('recipient.private.json'));
    expect(await decryptCredentials(JSON.parse(read('jwe.json')), keys)).toEqual({
      username: 'ada9041',
      password: 'correct-horse-battery-staple',
    });
  });

  it('are none where the JWE is null', async () => {
    expect(await decryptCredentials(null, keysOf(young))).toBeNull();
  });

  it('for others say for whom', async () => {
    const jwe = await sealCredentials(credentials, [crm.publicKey, old.publicKey]);
    const error = await decryptCredentials(jwe, keysOf(stranger)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotForUsError);
    expect(String(error)).toContain('encrypted to crm-1, mailer-1; the keys at hand are other-1');
  });

  it.each([
    ['tag', (jwe: object) => ({ ...jwe, tag: 'AAAAAAAAAAAAAAAAAAAAAA' })],
    ['ciphertext', (jwe: object) => ({ ...jwe, ciphertext: 'AAAA' })],
  ])('with another %s are not read, and the error says nothing of them', async (_, change) => {
    const jwe = change(Object(await sealCredentials(credentials, [young.publicKey])));
    const error = await decryptCredentials(jwe, keysOf(young)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidEventError);
    expect(String(error)).not.toContain('c4n4ry');
  });

  it('under another algorithm are not read', async () => {
    const jwe = Object(await sealCredentials(credentials, [young.publicKey]));
    const recipients = [{ ...jwe.recipients[0], header: { ...jwe.recipients[0].header, alg: 'dir' } }];
    await expect(decryptCredentials({ ...jwe, recipients }, keysOf(young))).rejects.toThrow(InvalidEventError);
  });
});

it('content under another algorithm than the contract’s is not read', async () => {
  const alg = 'ECDH-ES+A256KW';
  const jwe = await new GeneralEncrypt(new TextEncoder().encode(JSON.stringify(credentials)))
    .setProtectedHeader({ enc: 'A128CBC-HS256' })
    .addRecipient(await importJWK({ ...young.publicKey }, alg))
    .setUnprotectedHeader({ alg, kid: young.publicKey.kid })
    .encrypt();
  await expect(decryptCredentials(jwe, keysOf(young))).rejects.toThrow(InvalidEventError);
});

describe('private keys', () => {
  it('are read as a set or alone', () => {
    expect([...keysOf(old, young).keys()]).toEqual(['mailer-1', 'mailer-2']);
    expect([...readPrivateKeys(JSON.stringify(old.privateKey)).keys()]).toEqual(['mailer-1']);
  });

  it.each([
    ['an empty secret', '{}'],
    ['an empty set', '{"keys":[]}'],
    ['a public key', JSON.stringify(old.publicKey)],
    ['one public key among them', JSON.stringify({ keys: [old.privateKey, young.publicKey] })],
    ['no JSON', 'c4n4ry'],
  ])('are refused where they are %s', (_, text) => {
    expect(() => readPrivateKeys(text)).toThrow(InvalidKeysError);
    expect(() => readPrivateKeys(text)).not.toThrow(/c4n4ry/);
  });
});
