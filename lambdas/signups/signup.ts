import * as z from 'zod/mini';
import { isEmail } from './is-email.ts';

/** Everything a mapping may yield, in the words of no vendor; each platform takes what it can use and tells the rest in `notApplied`. */
export interface Signup {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly username?: string | undefined;
  /** Chosen by the person at the sender; never logged, and in no event. */
  readonly password?: string | undefined;
  readonly phone?: string | undefined;
  readonly address?: string | undefined;
  readonly zip?: string | undefined;
  readonly gender?: Gender | undefined;
  /** A BCP 47 tag such as `en` or `pt-BR`. */
  readonly locale?: string | undefined;
  readonly tags: readonly string[];
  readonly offerings: readonly string[];
  readonly role: Role;
  readonly permissions: Readonly<Record<string, boolean>>;
  /** What the sender calls this signup, such as an order number. */
  readonly reference?: string | undefined;
  /** Echoed in the event, unread; at most 4 KB as JSON. */
  readonly context: Readonly<Record<string, unknown>>;
}

export type Gender = 'M' | 'F' | 'N';
export type Role = 'student' | 'moderator' | 'administrator';

/** The fields that a mapping can fill. `satisfies` keeps it in step with {@link Signup}. */
export const signupFields = [
  'email',
  'firstName',
  'lastName',
  'username',
  'password',
  'phone',
  'address',
  'zip',
  'gender',
  'locale',
  'tags',
  'offerings',
  'role',
  'permissions',
  'reference',
  'context',
] as const satisfies readonly (keyof Signup)[];
export type SignupField = (typeof signupFields)[number];

/** One thing that is wrong with a mapped signup: which field, and what to do about it. The value itself is never repeated. */
export interface SignupProblem {
  readonly field: string;
  readonly message: string;
}

/** Controls and the two noncharacters: XML 1.0 can't carry most of them, and no name holds one. */
const controlCharacters = /[\p{Cc}\ufffe\uffff]/u;
const contextLimit = 4096;

const text = (limit: number) =>
  z.string().check(
    z.refine((value) => value.trim() !== '', 'is empty'),
    z.refine((value) => value.length <= limit, `is longer than ${limit} characters`),
    z.refine((value) => value.isWellFormed(), 'holds half of a surrogate pair, which is no text'),
    z.refine((value) => !controlCharacters.test(value), 'holds a control character'),
  );

const list = z.array(text(200)).check(z.refine((items) => items.length <= 100, 'has more than 100 entries'));

const schema = z.strictObject({
  email: text(254).check(z.refine(isEmail, 'is no e-mail address')),
  firstName: text(200),
  lastName: text(200),
  username: z.optional(text(254)),
  password: z.optional(text(200)),
  phone: z.optional(text(100)),
  address: z.optional(text(500)),
  zip: z.optional(text(40)),
  gender: z.optional(z.enum(['M', 'F', 'N'], 'must be M, F or N')),
  locale: z.optional(
    text(35).check(
      z.refine(
        (value) => /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/.test(value),
        'is no language tag such as en or pt-BR',
      ),
    ),
  ),
  tags: z._default(list, []),
  offerings: z._default(list, []),
  role: z._default(
    z.enum(['student', 'moderator', 'administrator'], 'must be student, moderator or administrator'),
    'student',
  ),
  permissions: z._default(z.record(z.string(), z.boolean()), {}),
  reference: z.optional(text(200)),
  context: z._default(
    z
      .record(z.string(), z.unknown())
      .check(
        z.refine(
          (value) => Buffer.byteLength(JSON.stringify(value)) <= contextLimit,
          `is larger than ${contextLimit} bytes as JSON`,
        ),
      ),
    {},
  ),
});

/**
 * Checks what a mapping yielded. Absent, `null` and empty optional fields are the same thing: senders' forms send `""`.
 *
 * @returns the signup, or every problem at once; a problem never repeats a value, which may be a password
 */
export function parseSignup(
  candidate: Readonly<Record<string, unknown>>,
): { signup: Signup } | { problems: SignupProblem[] } {
  const filled = Object.fromEntries(
    Object.entries(candidate).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
  const result = z.safeParse(schema, filled);
  if (result.success) return { signup: result.data };
  const problems = result.error.issues.map((issue) => {
    const field = fieldOf(issue);
    const absent = issue.path.length === 1 && !(field in filled);
    return { field, message: absent ? 'is missing' : problemText(issue) };
  });
  return { problems };
}

/** An entry of a list is named by its index; a key inside `permissions` or `context` is not, since the sender may have chosen it. */
const fieldOf = ({ path }: z.core.$ZodIssue): string =>
  path
    .filter((part, index) => index === 0 || typeof part === 'number')
    .map(String)
    .join('.');

const nouns: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list of texts',
  boolean: 'true or false',
  record: 'an object',
};

function problemText(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${nouns[issue.expected] ?? issue.expected}`;
  if (issue.code === 'unrecognized_keys') return `unknown field ${issue.keys.join(', ')}`;
  return issue.message;
}
