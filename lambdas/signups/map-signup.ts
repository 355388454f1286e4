import { createHash } from 'node:crypto';
import { shapeField } from './candidate.ts';
import { canonicalJson } from './canonical-json.ts';
import { compileExpression, type Expression } from './expressions.ts';
import { parsePayload } from './payload.ts';
import { parseSignup, type Signup, type SignupProblem } from './signup.ts';
import { isTruthy } from './truthiness.ts';

/** How one source's payloads become signups for one destination; the expressions are JSONata over the payload. */
export interface MappingRules {
  /** Whether the payload is a signup at all. */
  readonly accept?: string | undefined;
  /** A field of the signup by an expression. */
  readonly mapping: Readonly<Record<string, string>>;
  /** Whether it is one for this destination. */
  readonly when?: string | undefined;
  /** Constants for this destination; each replaces the field whole, a list too. */
  readonly set: Readonly<Record<string, unknown>>;
}

/** `content` tells one signup from another: base64url(SHA-256) of the mapped signup, of the body where there is none. */
export type Mapped =
  | { readonly kind: 'signup'; readonly signup: Signup; readonly content: string }
  | {
      readonly kind: 'rejected';
      /** Which field, where in its expression, and why; nothing of the payload. */
      readonly message: string;
      readonly content: string;
      readonly reference?: string;
    }
  /** `accept` or `when` says that it is no signup here. */
  | { readonly kind: 'ignored'; readonly why: 'accept' | 'when' };

export type Mapper = (body: Uint8Array) => Promise<Mapped>;

/**
 * Compiles the rules once; the mapper never throws, whatever the payload is.
 *
 * @throws Error naming the field and the position of an expression that may not be used (synth has checked them)
 */
export function createMapper(rules: MappingRules): Mapper {
  const filters = (['accept', 'when'] as const).flatMap((name) => {
    const text = rules[name];
    return text === undefined ? [] : [{ name, expression: compile(name, text) }];
  });
  const fields = Object.entries(rules.mapping)
    .filter(([field]) => rules.set[field] === undefined)
    .map(([field, text]) => ({ field, expression: compile(field, text) }));

  return async (body) => {
    const payload = parsePayload(body);
    if (!payload.ok) return rejected(`the body ${payload.message} (character ${payload.position})`, body);
    for (const { name, expression } of filters) {
      const result = await expression(payload.value);
      if (!result.ok) return rejected(describe(name, result), body);
      if (!isTruthy(result.value)) return { kind: 'ignored', why: name };
    }
    const candidate = new Candidate(rules.set);
    for (const { field, expression } of fields) {
      const result = await expression(payload.value);
      if (result.ok) candidate.put(field, result.value);
      else candidate.problems.push(describe(field, result));
    }
    return candidate.finish(body);
  };
}

/** The fields found so far, and everything that is wrong with them. */
class Candidate {
  readonly problems: string[] = [];
  private readonly fields: Record<string, unknown> = Object.create(null);

  constructor(set: MappingRules['set']) {
    for (const [field, value] of Object.entries(set)) this.put(field, value);
  }

  put(field: string, value: unknown): void {
    const shaped = shapeField(field, value);
    if ('problem' in shaped) this.problems.push(describeProblem(shaped.problem));
    else this.fields[field] = shaped.value;
  }

  finish(body: Uint8Array): Mapped {
    const parsed = parseSignup(this.fields);
    if ('signup' in parsed && this.problems.length === 0)
      return { kind: 'signup', signup: parsed.signup, content: hash(canonicalJson(parsed.signup)) };
    const named = new Set(this.problems.map((problem) => problem.split(':')[0]));
    const problems = 'problems' in parsed ? parsed.problems.filter(({ field }) => !named.has(field)) : [];
    const message = [...this.problems, ...problems.map(describeProblem)].join('; ');
    const { reference } = this.fields;
    const isUsable = typeof reference === 'string' && !problems.some(({ field }) => field === 'reference');
    return rejected(message, body, isUsable && reference !== '' ? reference : undefined);
  }
}

function compile(field: string, text: string): Expression {
  try {
    return compileExpression(text);
  } catch (cause) {
    throw new Error(`${field}: ${cause instanceof Error ? cause.message : 'is no JSONata'}`, { cause });
  }
}

const describe = (name: string, failure: { message: string; position: number | undefined }) =>
  `${name}: ${failure.position === undefined ? '' : `at character ${failure.position} of its expression, `}${failure.message}`;

const describeProblem = ({ field, message }: SignupProblem) => `${field}: ${message}`;

const rejected = (message: string, body: Uint8Array, reference?: string): Mapped => ({
  kind: 'rejected',
  message,
  content: hash(body),
  ...(reference === undefined ? {} : { reference }),
});

const hash = (content: string | Uint8Array) => createHash('sha256').update(content).digest('base64url');
