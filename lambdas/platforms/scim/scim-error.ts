import { textAt } from '../text-at.ts';

/** What the server says of a refusal (RFC 7644, 3.12), or what OAuth's bearer tokens say instead (RFC 6750, 3); the empty string where it says nothing. */
export const errorWords = (body: unknown): string =>
  textAt(body, 'detail') || textAt(body, 'error_description') || textAt(body, 'scimType');

/** "One or more of the attribute values are already in use or are reserved" (RFC 7644, 3.12). */
export const isUniqueness = (body: unknown): boolean => textAt(body, 'scimType').toLowerCase() === 'uniqueness';
