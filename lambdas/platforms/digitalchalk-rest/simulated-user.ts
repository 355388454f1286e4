import type { ValidationError } from './simulated-reply.ts';

/** The user object's fields that can be written (DigitalChalk API v5, Create a New User). */
export const userFields = ['firstName', 'lastName', 'username', 'email', 'password', 'tags', 'locale'] as const;

export interface UserFields {
  readonly firstName: string;
  readonly lastName: string;
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly tags: readonly string[];
  readonly locale: string;
}

/** Checks a user as it would be after the call; addresses under `.invalid` are there to be refused. */
export function readUser(fields: ReadonlyMap<string, unknown>): UserFields | { readonly errors: ValidationError[] } {
  const errors: ValidationError[] = [];
  const text = (field: string): string => {
    const value = fields.get(field) ?? '';
    if (typeof value === 'string') return value;
    errors.push({ field, text: `${field} must be a string` });
    return '';
  };
  const user = {
    firstName: text('firstName'),
    lastName: text('lastName'),
    username: text('username'),
    email: text('email'),
    password: text('password'),
    tags: tagsIn(fields.get('tags') ?? [], errors),
    locale: text('locale'),
  };
  for (const field of ['firstName', 'lastName', 'email', 'password'] as const)
    if (user[field].trim() === '') errors.push({ field, text: `${field} is required` });
  if (!/^[^\s@]+@[^\s@]+$/.test(user.email) || user.email.endsWith('.invalid'))
    errors.push({ field: 'email', text: 'The email address is not valid' });
  if (user.password.length < 6 || !/[a-z]/i.test(user.password) || !/\d/.test(user.password))
    errors.push({ field: 'password', text: 'Passwords need 6 characters, a letter and a number' });
  if (user.locale !== '' && !/^[a-z]{2}$/.test(user.locale))
    errors.push({ field: 'locale', text: 'The locale is not an ISO 639-1 code' });
  return errors.length > 0 ? { errors } : user;
}

function tagsIn(value: unknown, errors: ValidationError[]): string[] {
  const tags = Array.isArray(value) ? value.filter((tag) => typeof tag === 'string') : [];
  if (!Array.isArray(value) || tags.length < value.length)
    errors.push({ field: 'tags', text: 'tags must be an array of strings' });
  if (tags.some((tag) => tag === '' || /[\s,]/.test(tag)))
    errors.push({ field: 'tags', text: 'Tags must not contain spaces or commas' });
  return tags;
}
