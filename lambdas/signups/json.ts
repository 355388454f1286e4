/** What was wrong with a text, where (characters from its start, counted from 1), and never what it said. */
export interface TextProblem {
  readonly message: string;
  readonly position: number;
}

export type ParsedText = { readonly ok: true; readonly value: unknown } | ({ readonly ok: false } & TextProblem);

/** What a number becomes. */
export type Numbers = 'values' | 'as-written';

/** Deeper than any sender's payload, shallow enough for every recursion over it. */
export const nestingLimit = 64;

/** What the expression engine marks its own values with; a payload that bore these names could pass its data off as functions. */
export const isReservedKey = (key: string): boolean =>
  key.startsWith('_jsonata_') || key === 'tupleStream' || key === 'outerWrapper';

const numberPattern = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const plainCharacters = /[ !#-[\]-\uffff]*/y;
const whitespace = /[ \t\n\r]*/y;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const literals = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;

class Malformed extends Error {
  override readonly name = 'Malformed';
  readonly position: number;

  /** Thrown inside {@link parseJson} only, at the first character that can't be right. */
  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

/**
 * Reads JSON (RFC 8259) as `JSON.parse` does, but for what would make a signup ambiguous or its error a leak:
 *
 * - objects have no prototype, so that `__proto__` is a key like any other;
 * - a key named twice is an error, since readers disagree on which one counts;
 * - integers that a double can't hold, and numbers beyond its range, become their source text: a 20-digit id stays itself;
 * - nesting is limited to {@link nestingLimit};
 * - an error gives the place and never a piece of the text.
 *
 * @param numbers `as-written`: every number becomes its source text, so that `1.0` is not `1`
 */
export function parseJson(text: string, numbers: Numbers = 'values'): ParsedText {
  const reader = new JsonReader(text, numbers);
  try {
    return { ok: true, value: reader.document() };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, message: error.message, position: error.position + 1 };
    throw error;
  }
}

class JsonReader {
  private readonly text: string;
  private readonly numbers: Numbers;
  private at = 0;

  constructor(text: string, numbers: Numbers) {
    this.text = text;
    this.numbers = numbers;
  }

  document(): unknown {
    const value = this.value(0);
    this.skipWhitespace();
    if (this.at < this.text.length) throw new Malformed('there is more after the end of the JSON', this.at);
    return value;
  }

  private value(depth: number): unknown {
    this.skipWhitespace();
    const character = this.text[this.at];
    if (depth >= nestingLimit && (character === '{' || character === '['))
      throw new Malformed(`nests deeper than ${nestingLimit} levels`, this.at);
    if (character === '{') return this.object(depth);
    if (character === '[') return this.array(depth);
    if (character === '"') return this.string();
    const literal = literals.find(([word]) => this.text.startsWith(word, this.at));
    if (literal === undefined) return this.number();
    this.at += literal[0].length;
    return literal[1];
  }

  private object(depth: number): unknown {
    const object: Record<string, unknown> = Object.create(null);
    this.at += 1;
    if (this.takes('}')) return object;
    do {
      this.skipWhitespace();
      const start = this.at;
      if (this.text[start] !== '"') throw this.unexpected('a key in double quotes');
      const key = this.string();
      if (Object.hasOwn(object, key)) throw new Malformed('names the same key twice', start);
      if (isReservedKey(key)) throw new Malformed('holds a key that is reserved', start);
      if (!this.takes(':')) throw this.unexpected('a colon');
      object[key] = this.value(depth + 1);
    } while (this.takes(','));
    if (!this.takes('}')) throw this.unexpected('a comma or the end of the object');
    return object;
  }

  private array(depth: number): unknown {
    const array: unknown[] = [];
    this.at += 1;
    if (this.takes(']')) return array;
    do array.push(this.value(depth + 1));
    while (this.takes(','));
    if (!this.takes(']')) throw this.unexpected('a comma or the end of the list');
    return array;
  }

  private string(): string {
    this.at += 1;
    let value = this.match(plainCharacters);
    while (this.text[this.at] !== '"') {
      if (this.text[this.at] !== '\\') throw this.unexpected('the end of the text in double quotes');
      value += this.escape() + this.match(plainCharacters);
    }
    this.at += 1;
    return value;
  }

  private escape(): string {
    const character = this.text[this.at + 1] ?? '';
    const plain = Object.hasOwn(escapes, character) ? escapes[character] : undefined;
    if (plain !== undefined) {
      this.at += 2;
      return plain;
    }
    const hex = this.text.slice(this.at + 2, this.at + 6);
    if (character !== 'u' || !/^[\da-fA-F]{4}$/.test(hex)) throw new Malformed('holds an unknown escape', this.at);
    this.at += 6;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  private number(): unknown {
    numberPattern.lastIndex = this.at;
    const match = numberPattern.exec(this.text);
    if (match === null) throw this.unexpected('a value');
    this.at += match[0].length;
    if (this.numbers === 'as-written') return match[0];
    const value = Number(match[0]);
    const isInteger = match[1] === undefined && match[2] === undefined;
    const isExact = isInteger ? Number.isSafeInteger(value) : Number.isFinite(value);
    return isExact ? value : match[0];
  }

  private takes(character: string): boolean {
    this.skipWhitespace();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private skipWhitespace(): void {
    this.match(whitespace);
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private unexpected(wanted: string): Malformed {
    const ended = this.at >= this.text.length;
    return new Malformed(ended ? `ends where ${wanted} is wanted` : `${wanted} is wanted here`, this.at);
  }
}
