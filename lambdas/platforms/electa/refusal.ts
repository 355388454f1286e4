import { vendorWords } from '../vendor-words.ts';
import type { ElectaRefusal } from './reply.ts';
import type { ElectaRefusals } from './settings.ts';

/** What a refusal means, as far as the settings know; `other` is a refusal of this very request. */
export type RefusalMeaning = keyof ElectaRefusals | 'other';

/** Electa API 3.0, Authentication: after 5 failed logins API access is locked for 15 minutes. */
export const lockMs = 15 * 60_000;

/**
 * In the order in which they are tried. A text that names wrong credentials means them, whatever else it says: a login that is refused with
 * the warning of a lock must count, or the lock comes.
 */
const meanings = ['tokenNotValid', 'emailExists', 'invalidCredentials', 'locked', 'temporary'] as const;

export const meaningOf = (refusal: ElectaRefusal, known: ElectaRefusals): RefusalMeaning =>
  meanings.find((meaning) => known[meaning].some((pattern) => matches(refusal, pattern))) ?? 'other';

/** `code:17` is the code; anything else pieces of the text, in order, joined by `*`. Takes linear time on any text. */
function matches(refusal: ElectaRefusal, pattern: string): boolean {
  if (pattern.startsWith('code:')) return pattern.slice('code:'.length).trim() === refusal.code;
  const text = refusal.text.toLowerCase();
  let from = 0;
  for (const piece of pattern.toLowerCase().split('*')) {
    const found = text.indexOf(piece, from);
    if (found === -1) return false;
    from = found + piece.length;
  }
  return true;
}

/** The vendor's words for a person: its text and its code. */
export const refusalWords = (refusal: ElectaRefusal, secrets: readonly string[]): string =>
  vendorWords(refusal.text === '' ? `error code ${refusal.code}` : `${refusal.text} (code ${refusal.code})`, secrets);
