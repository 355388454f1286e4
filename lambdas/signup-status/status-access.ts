import type { SecretStore } from '../signups/ports.ts';
import { isStatusKey, readStatusSecret, statusSecretId } from '../signups/status-key.ts';

/**
 * Whether a key in a status address is ours: made with the status secret, with the one before its last rotation, or with one that was
 * rotated a moment ago (the store reads afresh at most once in 30 seconds, whoever asks how often).
 *
 * @throws Error where the secret can't be read, or holds no key
 */
export async function mayAsk(signupId: string, key: string, stage: string, secrets: SecretStore): Promise<boolean> {
  const id = statusSecretId(stage);
  const current = await secrets.current(id);
  if (isStatusKey(key, signupId, readStatusSecret(current.value))) return true;
  const [fresh, previous] = await Promise.all([secrets.refreshed(id), secrets.previous(id)]);
  return [fresh, previous].some((secret) => secret !== undefined && isKeyOf(secret.value, signupId, key));
}

function isKeyOf(value: unknown, signupId: string, key: string): boolean {
  try {
    return isStatusKey(key, signupId, readStatusSecret(value));
  } catch {
    // The version before the first filled one holds no key, and proves nothing.
    return false;
  }
}
