import { createHash } from 'node:crypto';
import { parseForm } from '../signups/form.ts';
import { resolvePointer } from '../signups/json-pointer.ts';
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
export function dedupeKeyOf(wanted: readonly string[], request: SignedRequest): DedupeKey {
  const hash = createHash('sha256').update(request.body).digest('hex');
  const undedupable = (reason: string): DedupeKey => ({ parts: [hash], undedupable: reason });
  const pointers = wanted.filter((part) => part.startsWith('/'));
  const document = pointers.length === 0 ? { value: undefined } : parseBody(request);
  if ('problem' in document) return undedupable(document.problem);
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

function parseBody({ mediaType, body }: SignedRequest): { readonly value: unknown } | { readonly problem: string } {
  if (mediaType === 'application/x-www-form-urlencoded') {
    const form = parseForm(body);
    return form.ok ? { value: form.value } : { problem: `the form ${form.message}` };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return { value: JSON.parse(text, numbersAsWritten) };
  } catch {
    return { problem: 'the body is no JSON in UTF-8, or nests too deeply to be read' };
  }
}

/** A number stands as it was written: a 20-digit id would be another one as a double. */
const numbersAsWritten = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' ? (context?.source ?? String(value)) : value;
