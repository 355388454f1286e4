import * as z from 'zod/mini';

/** RFC 7644, 3.12; and what OAuth's bearer tokens say instead (RFC 6750, 3). */
const errorSchema = z.object({
  detail: z.catch(z.string(), ''),
  scimType: z.catch(z.string(), ''),
  error_description: z.catch(z.string(), ''),
});

/** What the server says of a refusal; the empty string where it says nothing. */
export function errorWords(body: unknown): string {
  const read = z.safeParse(errorSchema, body);
  return read.success ? read.data.detail || read.data.error_description || read.data.scimType : '';
}

/** "One or more of the attribute values are already in use or are reserved" (RFC 7644, 3.12). */
export function isUniqueness(body: unknown): boolean {
  const read = z.safeParse(errorSchema, body);
  return read.success && read.data.scimType.toLowerCase() === 'uniqueness';
}
