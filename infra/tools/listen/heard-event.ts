import { type Credentials, decryptCredentials } from '../../../lambdas/subscriber/decrypt-credentials.ts';
import type { PrivateKeys } from '../../../lambdas/subscriber/private-keys.ts';
import { type ReadEvent, readEvent } from '../../../lambdas/subscriber/read-event.ts';

/** An event that was heard, with what its JWE held where that was asked for and can be read. */
export interface HeardEvent {
  /** The exact text. */
  readonly text: string;
  /** When SNS had it, in milliseconds since the epoch. */
  readonly at: number;
  /** `undefined` where it is no event that this version can read; `problem` says why. */
  readonly read: ReadEvent | undefined;
  readonly credentials: Credentials | undefined;
  /** What could not be read or decrypted. */
  readonly problem: string | undefined;
}

/** @param keys `undefined` where nothing is to be decrypted */
export async function understand(text: string, at: number, keys: PrivateKeys | undefined): Promise<HeardEvent> {
  const heard = { text, at, read: undefined, credentials: undefined, problem: undefined };
  let read: ReadEvent | undefined;
  try {
    read = readEvent(text);
    if (keys === undefined || read.kind === 'other') return { ...heard, read };
    const { credentials } = read.event.data;
    if (credentials === null || !('jwe' in credentials)) return { ...heard, read };
    return { ...heard, read, credentials: (await decryptCredentials(credentials.jwe, keys)) ?? undefined };
  } catch (error) {
    return { ...heard, read, problem: error instanceof Error ? error.message : String(error) };
  }
}
