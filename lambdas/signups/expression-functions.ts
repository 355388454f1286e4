import type jsonata from 'jsonata';

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
 * Named checks in place of regular expressions, and JSONata's `$replace` and `$join` with their result measured before it is made:
 * the engine's own can make a gigabyte of a 64 KiB payload.
 *
 * - `$isEmail(text)`: one `@` with something on both sides and no white space;
 * - `$startsWith(text, start)`, `$endsWith(text, end)`: `false` where the text is absent.
 */
export function registerFunctions(expression: jsonata.Expression): void {
  expression.registerFunction('isEmail', isEmail, '<x:b>');
  expression.registerFunction('startsWith', startsWith, '<xs:b>');
  expression.registerFunction('endsWith', endsWith, '<xs:b>');
  expression.registerFunction('replace', replace, '<s-ssn?:s>');
  expression.registerFunction('join', join, '<a<s>s?:s>');
}

const isEmail = (text: unknown) => typeof text === 'string' && /^[^\s@]+@[^\s@]+$/.test(text);
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
