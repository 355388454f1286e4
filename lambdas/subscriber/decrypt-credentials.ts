import { type FlattenedJWE, flattenedDecrypt, importJWK } from 'jose';
import { InvalidEventError } from './invalid-event-error.ts';
import type { PrivateKeys } from './private-keys.ts';
import { listOf, object, text } from './readers.ts';

/** The learner's new username and password, in clear: put them into no log. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** None of our keys opens it: the event was sent to other recipients, or our key was rotated away. */
export class NotForUsError extends Error {
  override readonly name = 'NotForUsError';
}

/** `epk` stands in the protected header where there is one recipient only. */
const headerReader = object((field) => {
  const epk = field('epk', (value) => value);
  return { kid: field('kid', text), alg: field('alg', text), ...(epk === undefined ? {} : { epk }) };
});
const recipientReader = object((field) => ({
  encrypted_key: field('encrypted_key', text),
  header: field('header', headerReader),
}));
const jweReader = object((field) => ({
  protected: field('protected', text),
  iv: field('iv', text),
  ciphertext: field('ciphertext', text),
  tag: field('tag', text),
  recipients: field('recipients', listOf(recipientReader)),
}));
const credentialsReader = object((field) => ({
  username: field('username', text),
  password: field('password', text),
}));

/**
 * Opens an event's `credentials.jwe` with the key that it names.
 *
 * @returns `null` where there is no JWE: an `unconfirmed` one that was to be discarded
 * @throws NotForUsError where it was made for none of the keys; InvalidEventError where it is no such JWE, or was changed
 */
export async function decryptCredentials(jwe: unknown, keys: PrivateKeys): Promise<Credentials | null> {
  if (jwe === null) return null;
  const { recipients, ...shared } = jweReader(jwe, 'credentials.jwe');
  const recipient = recipients.find(({ header }) => keys.has(header.kid));
  const key = keys.get(recipient?.header.kid ?? '');
  if (recipient === undefined || key === undefined) {
    const kids = recipients.map(({ header }) => header.kid).join(', ');
    throw new NotForUsError(`it was encrypted to ${kids}; the keys at hand are ${[...keys.keys()].join(', ')}`);
  }
  const plaintext = await open({ ...shared, ...recipient }, key);
  return credentialsReader(plaintext, 'the content of credentials.jwe');
}

async function open(jwe: FlattenedJWE, key: Parameters<typeof importJWK>[0]): Promise<unknown> {
  try {
    const opened = await flattenedDecrypt(jwe, await importJWK(key, 'ECDH-ES+A256KW'), {
      keyManagementAlgorithms: ['ECDH-ES+A256KW'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return JSON.parse(new TextDecoder().decode(opened.plaintext));
  } catch {
    // Neither jose's words nor JSON's: both may quote what they were given.
    throw new InvalidEventError(
      'credentials.jwe can’t be opened with the key that it names: one of the two was changed',
    );
  }
}
