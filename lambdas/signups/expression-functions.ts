import type jsonata from 'jsonata';
import { isEmail } from './is-email.ts';

/** No text that an expression makes is longer. */
export const textLimit = 64 * 1024;

/** Ends an evaluation; its message is ours and holds nothing of the payload. */
export class ExpressionLimit extends Error {
  override readonly name = 'ExpressionLimit';
  /** Characters from the expression's start; JSONata fills it in for a function's error. */
  position: number | undefined;

  constructor(message: string, position?: number) {
    super(message);
    this.position = position;
  }
}

/**
 * Named checks in place of regular expressions, JSONata's `$replace` and `$join` with their result measured before it is made (the engine's
 * own can make a gigabyte of a payload), and a `$string` that refuses what would be JSON or the word null in somebody's name.
 *
 * - `$isEmail(text)`: what a signup's `email` must be, by {@link isEmail};
 * - `$startsWith(text, start)`, `$endsWith(text, end)`: `false` where the text is absent.
 */
export function registerFunctions(expression: jsonata.Expression): void {
  expression.registerFunction('isEmail', (text: unknown) => typeof text === 'string' && isEmail(text), '<x:b>');
  expression.registerFunction('startsWith', startsWith, '<xs:b>');
  expression.registerFunction('endsWith', endsWith, '<xs:b>');
  expression.registerFunction('string', toText, '<x-b?:s>');
  expression.registerFunction('replace', replace, '<s-ssn?:s>');
  expression.registerFunction('join', join, '<a<s>s?:s>');
}

/** Why a value must not become text, if so. Absent is nothing, and joins as nothing. */
export function textProblem(value: unknown): string | undefined {
  if (value === null) return 'a value is null, and would become the text null; write `(name ?: "")` in its place';
  if (typeof value === 'object' || typeof value === 'function')
    return 'would turn a list or an object into text; name the value that is wanted';
  return undefined;
}

/** Numbers with JSONata's 15 digits: more would show a double's own. */
function toText(value: unknown): string | undefined {
  const problem = textProblem(value);
  if (problem !== undefined) throw new ExpressionLimit(problem);
  if (value === undefined || typeof value === 'string') return value;
  return String(typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(15)) : value);
}

const startsWith = (text: unknown, start: string) => typeof text === 'string' && text.startsWith(start);
const endsWith = (text: unknown, end: string) => typeof text === 'string' && text.endsWith(end);

function replace(text: string | undefined, pattern: string, replacement: string, limit?: number): string | undefined {
  if (text === undefined) return undefined;
  if (pattern === '') throw new ExpressionLimit('$replace can not look for an empty text');
  const parts = text.split(pattern);
  const replaced = Math.max(0, Math.min(parts.length - 1, limit ?? Number.POSITIVE_INFINITY));
  checkLength(text.length + replaced * (replacement.length - pattern.length));
  const head = parts.slice(0, replaced + 1).join(replacement);
  return [head, ...parts.slice(replaced + 1)].join(pattern);
}

function join(texts: readonly string[] | undefined, separator = ''): string | undefined {
  if (texts === undefined) return undefined;
  checkLength(texts.reduce((sum, text) => sum + text.length + separator.length, 0));
  return texts.join(separator);
}

function checkLength(length: number): void {
  if (length > textLimit) throw new ExpressionLimit(`makes a text of more than ${textLimit} characters`);
}
