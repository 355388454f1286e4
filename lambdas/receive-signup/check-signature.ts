import type { Clock, Secret, SecretStore } from '../signups/ports.ts';
import { readSourceKeys, type SourceKeys } from './source-keys.ts';
import type { Inspection, Verifier } from './verify/verifier.ts';

type Signed = Extract<Inspection, { kind: 'signed' }>;

/** How a well-formed signature fared against the source's keys; `detail` is for the log. */
export type Checked =
  /** `detail` where it took the keys before the last rotation, since none of the current ones can be used. */
  | { readonly kind: 'verified'; readonly detail?: string }
  | { readonly kind: 'mismatch'; readonly detail: string }
  | { readonly kind: 'no-keys'; readonly detail: string };

export interface SignatureCheck {
  readonly secretId: string;
  readonly verifier: Verifier;
  readonly secrets: SecretStore;
  readonly now: Clock;
  /** Told of each secret that holds a key which is too short to be safe. */
  readonly onWeakKey: () => void;
}

/** Fewer bytes can be guessed by whoever has seen one signed request and owns some computers. */
const strongKeyBytes = 16;

/** How long the key before a rotation is still good: the time to change it at the sender. */
const previousKeyLifeMs = 24 * 60 * 60 * 1000;

/**
 * Tries a signature on the source's keys; where none fits, on the keys before the last rotation; where none of those does either, on the
 * secret read afresh (the store allows that once in 30 seconds), since it may have been rotated a moment ago.
 *
 * @throws Error where the secret can't be read
 */
export async function checkSignature(signed: Signed, check: SignatureCheck): Promise<Checked> {
  const cached = await check.secrets.current(check.secretId);
  const first = await tryVersion(signed, cached, check);
  if (first.kind === 'verified') return first;
  const fresh = await check.secrets.refreshed(check.secretId);
  return fresh.version === cached.version ? first : tryVersion(signed, fresh, check);
}

async function tryVersion(signed: Signed, current: Secret, check: SignatureCheck): Promise<Checked> {
  const keys = readSourceKeys(current, check.verifier.readKey);
  if (keys.usable.some(({ byteLength }) => byteLength < strongKeyBytes)) check.onWeakKey();
  if (signed.matches(keys.usable)) return { kind: 'verified' };
  const hasNone = keys.usable.length === 0;
  if (check.now() - current.createdAt < previousKeyLifeMs && !keys.isEmpty) {
    const previous = await check.secrets.previous(check.secretId);
    if (previous !== undefined && signed.matches(readSourceKeys(previous, check.verifier.readKey).usable))
      return { kind: 'verified', ...(hasNone && { detail: words(keys) }) };
  }
  return { kind: hasNone ? 'no-keys' : 'mismatch', detail: words(keys) };
}

const words = ({ usable, problems }: SourceKeys) => [`${usable.length} usable keys`, ...problems].join('; ');
