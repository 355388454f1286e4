import type { AnsweredReply } from './vendor-http.ts';
import { replyText } from './vendor-text.ts';

/** A reply's body. What is not exactly one JSON document in the charset that it is said to be in is `unreadable`. */
export type JsonBody =
  | { readonly kind: 'empty' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'unreadable' };

export function replyJson(reply: AnsweredReply): JsonBody {
  const text = replyText(reply.headers.get('content-type'), reply.body);
  if (text === null) return { kind: 'unreadable' };
  if (text.trim() === '') return { kind: 'empty' };
  try {
    const value: unknown = JSON.parse(text);
    return { kind: 'json', value };
  } catch {
    return { kind: 'unreadable' };
  }
}
