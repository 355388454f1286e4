import * as z from 'zod/mini';

/** Validation errors (DigitalChalk API v5, Create a New User, Failure Cases), and OAuth's (RFC 6749, 5.2). */
const errorSchema = z.object({
  errors: z.catch(z.array(z.string()), []),
  fieldErrors: z.catch(z.record(z.string(), z.string()), {}),
  error: z.catch(z.string(), ''),
  error_description: z.catch(z.string(), ''),
});

/** What the vendor says of a refusal, on one line; the empty string where it says nothing. */
export function errorWords(body: unknown): string {
  const read = z.safeParse(errorSchema, body);
  if (!read.success) return '';
  const { errors, fieldErrors, error, error_description } = read.data;
  const fields = Object.entries(fieldErrors).map(([field, text]) => `${field}: ${text}`);
  return [...errors, ...fields, error_description || error].filter((words) => words.trim() !== '').join('; ');
}
