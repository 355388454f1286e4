/** JSON Pointer (RFC 6901), but not the one to the whole document: that is what `body` is for. */
const pointer = /^(?:\/(?:[^~/]|~[01])*)+$/s;

/** Whether a text can stand in a source's `dedupeKey`: `webhook-id`, `body`, or a JSON Pointer. */
export const isDedupePart = (text: string): boolean => text === 'webhook-id' || text === 'body' || pointer.test(text);

/** The schemes whose signature covers `webhook-id`. An id that anybody can change would make one delivery many, or many one. */
export const signsWebhookId = (scheme: string): boolean => scheme === 'standard-webhooks';
