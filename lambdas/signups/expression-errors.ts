import { ExpressionLimit } from './expression-functions.ts';

/** JSONata's own messages quote values, and a value may be a password: these say the same without. */
const words: Readonly<Record<string, string>> = {
  T0410: 'a function was given a value of the wrong type',
  T0411: 'a function was given a value of the wrong type',
  T0412: 'a function was given a list with values of the wrong type',
  D1002: 'only a number can be negated',
  T1003: 'the key of an object must be a text',
  D1009: 'two entries of an object have the same key',
  D1001: 'a number is out of range',
  T1005: 'what is called here is no function',
  T1006: 'what is called here is no function',
  D1011: 'nests too deep',
  D1012: 'takes too long',
  T2001: 'the left side of the operator must be a number',
  T2002: 'the right side of the operator must be a number',
  T2003: 'the left side of .. must be a whole number',
  T2004: 'the right side of .. must be a whole number',
  T2007: 'can sort only by values of one type',
  T2008: 'can sort only by numbers or texts',
  T2009: 'both sides of the comparison must be of the same type',
  T2010: 'both sides of the comparison must be numbers or texts',
  D2014: 'makes a list that is too long',
  D2015: 'makes a list that is too long',
  D3001: 'a number is out of range',
  D3030: 'this is no number',
  D3070: 'only a list of numbers or of texts can be sorted without saying how',
  D3138: '$single found more than one',
  D3139: '$single found none',
};
/** `$error` and `$assert`: their message is written out in the expression, and needs no place to be understood. */
const ownMessage = new Set(['D3137', 'D3141']);

export interface EvaluationProblem {
  readonly message: string;
  /** Characters from the expression's start, where it is known. */
  readonly position: number | undefined;
}

/** Puts what an evaluation threw into words that hold nothing of the payload. */
export function describeFailure(error: unknown): EvaluationProblem {
  const position = readNumber(error, 'position');
  if (error instanceof ExpressionLimit) return { message: error.message, position };
  const code = readText(error, 'code') ?? '';
  if (ownMessage.has(code)) return { message: readText(error, 'message') ?? 'failed', position: undefined };
  return { message: words[code] ?? `can't be worked out${code === '' ? '' : ` (JSONata ${code})`}`, position };
}

/** A syntax error, before there is any payload: JSONata's message quotes the expression alone. */
export const describeSyntaxError = (error: unknown): { message: string; position: number } => ({
  message: readText(error, 'message') ?? 'is no JSONata',
  position: readNumber(error, 'position') ?? 0,
});

function read(error: unknown, key: string): unknown {
  return typeof error === 'object' && error !== null && key in error ? Reflect.get(error, key) : undefined;
}

function readText(error: unknown, key: string): string | undefined {
  const value = read(error, key);
  return typeof value === 'string' ? value : undefined;
}

function readNumber(error: unknown, key: string): number | undefined {
  const value = read(error, key);
  return typeof value === 'number' ? value : undefined;
}
