import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { weathers } from '../../lambdas/platforms/platform-simulator.ts';
import { verifySchema } from '../../lambdas/receive-signup/config.ts';
import { checkExpression } from '../../lambdas/signups/expressions.ts';
import { parseSignup, signupFields } from '../../lambdas/signups/signup.ts';
import { duration } from './duration.ts';

/** The single values of a config file, each with what it means: editors show that through the JSON Schema. */

export const id = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,30}$/,
    'is no id: a lower-case letter, then at most 30 lower-case letters, digits and dashes',
  );

export const account = z.string().regex(/^\d{12}$/, 'is no AWS account id: 12 digits, in quotes');

export const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'is no AWS region, such as eu-central-1');

export const contact = z
  .string()
  .regex(
    /^([^\s@]+@[^\s@]+\.[^\s@]+|https:\/\/\S+)$/,
    'must be an e-mail address or an https address that SNS can post to',
  );

const isVendorUrl = (text: string): boolean => {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.search !== '' || url.hash !== '') return false;
  return (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
  );
};

export const vendorUrl = z
  .string()
  .refine(isVendorUrl, 'must be an https address (http for this machine only) without credentials, query or fragment');

export const pageUrl = z.string().refine((text) => URL.parse(text)?.protocol === 'https:', 'must be an https address');

export const text = z.string().min(1);

/** JSONata over the payload, within what may be used of it. */
export const expression = text.superRefine((written, context) => {
  const check = checkExpression(written);
  if (!check.ok) context.addIssue({ code: 'custom', message: `at character ${check.position}: ${check.message}` });
});

export const dedupeKey = z.array(text).min(1);

export const mapping = z.partialRecord(z.enum(signupFields), expression);

export const role = z.enum(['student', 'moderator', 'administrator']);

export const verify = verifySchema;

export const quietAfter = duration('1h', '7d');

export const giveUpAfter = duration('5m', '13d');

export const keep = duration('14d', '3650d');

/** Constants for one route: whatever a mapping can yield, under the same rules. */
export const set = z.record(z.string(), z.unknown()).superRefine((constants, context) => {
  const person = { email: 'a@example.com', firstName: 'A', lastName: 'A' };
  const result = parseSignup({ ...person, ...constants });
  if ('signup' in result) return;
  for (const { field, message } of result.problems)
    context.addIssue({ code: 'custom', path: field === '' ? [] : field.split('.'), message });
});

const coordinate = z.string();

/** The public half of a key pair; a placeholder or a slip in it would otherwise be noticed when the first password is lost. */
export const recipient = z
  .strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate, kid: text })
  .superRefine(({ kty, crv, x, y }, context) => {
    try {
      createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
    } catch {
      context.addIssue({
        code: 'custom',
        message: 'x and y are no public key on P-256; paste the public half that `npm run recipient STAGE ID` prints',
      });
    }
  });

/** One key, or several while keys are changed: credentials are encrypted to each. None yet is told apart later. */
export const recipientKeys = z.union([recipient, z.array(recipient)]);

/** What `npm start` makes of a vendor that is simulated; the weathers are in the simulator kit's README. */
export const simulator = z.strictObject({
  variants: z.record(z.string(), z.string()).optional(),
  weather: z
    .array(
      z.strictObject({
        weather: z.enum(weathers),
        operation: z.string().optional(),
        times: z.int().min(1).optional(),
        ms: z.int().min(0).optional(),
        carriedOut: z.boolean().optional(),
      }),
    )
    .optional(),
  latencyMs: z.int().min(0).max(600_000).optional(),
});
