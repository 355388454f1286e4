import { createHash } from 'node:crypto';
import { resolvePointer } from '../signups/json-pointer.ts';
import { parsePayload } from '../signups/payload.ts';
import type { SignedRequest } from './verify/verifier.ts';

/** What a redelivery has in common with the first delivery; or why that can't be told, in words for the sender's operator. */
export type DedupeKey = { readonly parts: readonly string[]; readonly undedupable?: string };

/**
 * Makes the dedupe key of a verified delivery.
 *
 * @param wanted the source's `dedupeKey`: `webhook-id`, JSON Pointers into the body, `body`
 * @returns the parts in the config's order. Where a pointer finds nothing, the body's hash stands for all, and `undedupable` says why: the
 *   delivery goes on under that, so that it is rejected and told instead of being lost
 */
export function dedupeKeyOf(wanted: readonly string[], request: Pick<SignedRequest, 'headers' | 'body'>): DedupeKey {
  const hash = createHash('sha256').update(request.body).digest('hex');
  const undedupable = (reason: string): DedupeKey => ({ parts: [hash], undedupable: reason });
  const pointers = wanted.filter((part) => part.startsWith('/'));
  // Numbers stand as they were written: a 20-digit id would be another one as a double.
  const document =
    pointers.length === 0 ? ({ ok: true, value: undefined } as const) : parsePayload(request.body, 'as-written');
  // The worker's mapping says what is wrong with it, and where.
  if (!document.ok) return undedupable("dedupeKey finds nothing in a body that can't be read");
  const parts: string[] = [];
  for (const part of wanted) {
    const found =
      part === 'body' ? hash : part.startsWith('/') ? resolvePointer(document.value, part) : request.headers.get(part);
    const text = scalar(found);
    if (text === undefined)
      return undedupable(
        `the body has no text or number at ${part}, where dedupeKey looks for what a redelivery has in common with it`,
      );
    parts.push(text);
  }
  return { parts };
}

/** An empty text is nothing: all deliveries that have it would be one signup. */
function scalar(value: unknown): string | undefined {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
