import type { SignupField, SignupProblem } from './signup.ts';

/** A field's value in the type that a signup wants, or what is wrong with it. */
export type Shaped = { readonly value: unknown } | { readonly problem: SignupProblem };

const lists: ReadonlySet<string> = new Set(['tags', 'offerings'] satisfies SignupField[]);
const objects: ReadonlySet<string> = new Set(['permissions', 'context'] satisfies SignupField[]);
/** Senders write these as numbers, too. A number in place of a name or an address is a wrong mapping. */
const numbersAreText: ReadonlySet<string> = new Set([
  'username',
  'password',
  'phone',
  'address',
  'zip',
  'reference',
] satisfies SignupField[]);

/**
 * Brings what an expression yields into the type that the field wants:
 *
 * - one value is wanted: a list of one is that one, none is nothing, several are a problem; white space in text becomes single spaces
 *   and its ends are trimmed, since an address over three lines is still an address (a password stays as it is);
 * - `tags`, `offerings`: one value is a list of one, numbers become text, empty entries go, doubles too.
 */
export function shapeField(field: string, value: unknown): Shaped {
  if (lists.has(field)) return { value: shapeList(value) };
  if (objects.has(field)) return { value };
  if (!Array.isArray(value)) return { value: shapeText(field, value) };
  if (value.length < 2) return { value: shapeText(field, value[0]) };
  return { problem: { field, message: `yields ${value.length} values where one is wanted` } };
}

function shapeList(value: unknown): unknown {
  const entries: unknown[] = Array.isArray(value) ? value : [value];
  const texts = entries.map((entry) => numberToText(typeof entry === 'string' ? tidy(entry) : entry));
  return [...new Set(texts.filter((text) => text !== undefined && text !== null && text !== ''))];
}

function shapeText(field: string, value: unknown): unknown {
  if (typeof value === 'string') return field === 'password' ? value : tidy(value);
  return numbersAreText.has(field) ? numberToText(value) : value;
}

const tidy = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

const numberToText = (value: unknown) => (typeof value === 'number' ? String(value) : value);
