import * as z from 'zod/mini';

const key = z
  .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be text') })
  .check(z.minLength(1, 'is empty'), z.regex(/^\S(.*\S)?$/s, 'begins or ends with white space'));

export const secretSchema = z.object({ accessKey: key, secretKey: key });
