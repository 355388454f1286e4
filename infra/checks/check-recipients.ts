import type { Recipient } from '../../lambdas/signups/sealing.ts';
import * as field from './fields.ts';
import { type Mistake, rightValue } from './mistakes.ts';

/** The recipients with their keys in lists, and what is wrong with them beyond the shape of a key. */
export interface RecipientsVerdict {
  readonly recipients: Readonly<Record<string, readonly Recipient[]>>;
  readonly mistakes: readonly Mistake[];
  readonly warnings: readonly string[];
}

/** @param raw the config's `recipients`; on this machine those without a key have got one before */
export function checkRecipients(
  raw: Readonly<Record<string, unknown>>,
  { stage }: { readonly stage: string },
): RecipientsVerdict {
  const mistakes: Mistake[] = [];
  const warnings: string[] = [];
  const kids = new Map<string, string>();
  const entries = Object.entries(raw).flatMap(([id, value]): [string, readonly Recipient[]][] => {
    const right = rightValue(field.recipientKeys, value);
    if (right === undefined) return [];
    const keys = [right].flat();
    const remedy = `\`npm run recipient ${stage} ${id}\` makes one`;
    if (keys.length === 0) {
      if (stage === 'dev') warnings.push(`recipients.${id} has no key, so its credentials are thrown away; ${remedy}`);
      else mistakes.push({ path: ['recipients', id], message: `has no key yet; ${remedy}` });
    }
    for (const { kid } of keys) {
      const other = kids.get(kid);
      if (other !== undefined)
        mistakes.push({
          path: ['recipients', id],
          message: `has the kid ${JSON.stringify(kid)} of another key (of ${other}); a reader could not tell them apart`,
        });
      kids.set(kid, id);
    }
    return [[id, keys]];
  });
  return { recipients: Object.fromEntries(entries), mistakes, warnings };
}
