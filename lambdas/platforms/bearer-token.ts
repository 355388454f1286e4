import * as z from 'zod/mini';

const token = z
  .string({ error: ({ input }) => (input === undefined ? 'token is missing' : 'token must be text') })
  .check(
    z.minLength(1, 'token is empty'),
    z.regex(/^(?!bearer\s)/i, 'token must be the token alone, without the word Bearer'),
    z.regex(/^[!-~]*$/, 'token holds white space or a character that no token has'),
  );

/** The secret of vendors that take `Authorization: Bearer {token}` with each call (RFC 6750, 2.1). */
export const bearerSecretSchema = z.object({ token }, 'it must be an object with token');

/** Reads the secret's value; `problem` says what is wrong with its shape and never repeats it. */
export function openBearerSecret(secret: unknown): { readonly token: string } | { readonly problem: string } {
  const opened = z.safeParse(bearerSecretSchema, secret);
  if (opened.success) return opened.data;
  return { problem: `is wrong: ${opened.error.issues.map(({ message }) => message).join('; ')}` };
}
