import type { JWK } from 'jose';
import { InvalidKeysError } from './invalid-keys-error.ts';

/** A recipient's private keys, by key id. */
export type PrivateKeys = ReadonlyMap<string, JWK>;

/**
 * Reads what `npm run recipient` has written: a JWK set, `{"keys": [{"kty": "EC", "crv": "P-256", "x", "y", "d", "kid"}]}`, or one such key.
 *
 * @param text the secret's `SecretString`, or the file's content
 * @throws InvalidKeysError where it holds no private key on P-256 with a `kid`; nothing of the text is repeated
 */
export function readPrivateKeys(text: string): PrivateKeys {
  const json = parse(text);
  const list = hasKeys(json) ? json.keys : [json];
  const keys = list.filter(isPrivateKey);
  if (keys.length === 0 || keys.length < list.length)
    throw new InvalidKeysError(
      'these are no private keys: {"keys": [{"kty": "EC", "crv": "P-256", "x", "y", "d", "kid"}]}',
    );
  return new Map(keys.map((key) => [key.kid, key]));
}

type PrivateKey = JWK & { readonly kid: string };

const hasKeys = (json: unknown): json is { readonly keys: readonly unknown[] } =>
  typeof json === 'object' && json !== null && 'keys' in json && Array.isArray(json.keys);

const isPrivateKey = (json: unknown): json is PrivateKey =>
  typeof json === 'object' &&
  json !== null &&
  'kty' in json &&
  json.kty === 'EC' &&
  'crv' in json &&
  json.crv === 'P-256' &&
  ['x', 'y', 'd', 'kid'].every((name) => typeof Reflect.get(json, name) === 'string');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidKeysError('the private keys are no JSON');
  }
}
