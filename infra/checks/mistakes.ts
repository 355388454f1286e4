import { z } from 'zod';

/** One thing that is wrong with a config: where, and what to do about it. */
export interface Mistake {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A config that can't be deployed, with everything that is wrong with it. Thrown at synth, before anything is built. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly mistakes: readonly Mistake[];

  constructor(file: string, mistakes: readonly Mistake[]) {
    const count = mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`;
    super([`${file} has ${count}:`, ...mistakes.map((mistake) => `  ${showMistake(mistake)}`)].join('\n'));
    this.mistakes = mistakes;
  }
}

/** `sources.shop.to[0]: there is no destination …` */
export const showMistake = ({ path, message }: Mistake): string =>
  `${showPath(path) || '(the whole file)'}: ${message}`;

const showPath = (path: Mistake['path']): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`)).join('');

/** What zod found, in words that say how to mend it. Works for zod's and zod/mini's schemas alike. */
export function mistakesOf(issues: readonly z.core.$ZodIssue[], at: Mistake['path'] = []): Mistake[] {
  return issues.flatMap((issue) => {
    const path = [...at, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))];
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => ({
          path: [...path, key],
          message: 'is no key that is known here; check its spelling or remove it',
        }));
      case 'invalid_key':
        return issue.issues.map((inner) => ({ path, message: inner.message }));
      case 'invalid_type':
        return [
          {
            path,
            message:
              issue.input === undefined
                ? `is missing; it must be ${a(issue.expected)}`
                : `must be ${a(issue.expected)}`,
          },
        ];
      case 'invalid_value':
        return [{ path, message: `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}` }];
      case 'invalid_union':
        return unionMistakes(issue, path);
      case 'too_small':
        return [
          {
            path,
            message:
              issue.origin === 'array' || issue.origin === 'string'
                ? 'must not be empty'
                : `must be at least ${issue.minimum}`,
          },
        ];
      case 'too_big':
        return [{ path, message: `must be at most ${issue.maximum}` }];
      default:
        return [{ path, message: issue.message }];
    }
  });
}

/** The branch that fits best speaks for the union: one whose complaints all lie inside the value. */
function unionMistakes(issue: z.core.$ZodIssueInvalidUnion, path: Mistake['path']): Mistake[] {
  if (issue.errors.length === 0) return [{ path, message: unionMessage(issue) }];
  const branches = issue.errors.map((errors) => mistakesOf(errors, path));
  const [best] = branches
    .filter((branch) => branch.every((mistake) => mistake.path.length > path.length))
    .sort((one, other) => one.length - other.length);
  return (
    best ?? [{ path, message: branches.flatMap((branch) => branch.map((mistake) => mistake.message)).join(', or ') }]
  );
}

function unionMessage(issue: z.core.$ZodIssueInvalidUnion): string {
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
  return options.length > 0 ? `must be ${options.map((option) => JSON.stringify(option)).join(' or ')}` : issue.message;
}

const a = (expected: string): string => {
  const article = /^[aeio]/.test(expected) ? 'an' : 'a';
  return expected === 'record' ? 'an object' : `${article} ${expected}`;
};

/** A key's value where it is right; what is wrong with it has been said by the whole file's schema. */
export function rightValue<Schema extends z.core.$ZodType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> | undefined {
  const result = z.safeParse(schema, value);
  return result.success ? result.data : undefined;
}
