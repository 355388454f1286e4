import { z } from 'zod';

/** What an intrinsic function can refer to. */
export interface Scope {
  readonly ref: (logicalId: string) => unknown;
  readonly getAtt: (logicalId: string, attribute: string) => unknown;
  readonly findInMap: (map: string, first: string, second: string) => unknown;
}

/** CloudFormation's `AWS::NoValue`: the property or list element that holds it is left out. */
export const noValue = Symbol('AWS::NoValue');

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const list = z.array(z.unknown());
const dottedOrPair = z.union([
  z.tuple([z.string(), z.string()]),
  z
    .string()
    .regex(/^[^.]+\..+$/)
    .transform((dotted): [string, string] => [
      dotted.slice(0, dotted.indexOf('.')),
      dotted.slice(dotted.indexOf('.') + 1),
    ]),
]);

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

/** Each function's argument comes resolved, but for `Fn::Sub`'s and `Ref`'s texts, which name things. */
const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => scope.ref(z.string().parse(argument)),
  'Fn::GetAtt': (argument, scope) => scope.getAtt(...dottedOrPair.parse(argument)),
  'Fn::Join': (argument) => {
    const [separator, parts] = z.tuple([z.string(), z.array(text)]).parse(argument);
    return parts.join(separator);
  },
  'Fn::Split': (argument) => {
    const [separator, whole] = z.tuple([z.string(), text]).parse(argument);
    return whole.split(separator);
  },
  'Fn::Select': (argument) => {
    const [index, values] = z.tuple([z.coerce.number(), list]).parse(argument);
    if (index >= values.length) throw new Error(`Fn::Select asks for element ${index} of ${values.length}`);
    return values[index];
  },
  'Fn::Sub': (argument, scope) => {
    const [template, variables] = z
      .union([
        z.string().transform((only): [string, Record<string, unknown>] => [only, {}]),
        z.tuple([z.string(), z.record(z.string(), z.unknown())]),
      ])
      .parse(argument);
    return substitute(template, variables, scope);
  },
  'Fn::FindInMap': (argument, scope) =>
    scope.findInMap(...z.tuple([z.string(), z.string(), z.string()]).parse(argument)),
};

/**
 * Resolves a template's value: every intrinsic function in it becomes what it stands for.
 *
 * @throws Error naming the function where it is none that the local stack knows
 */
export function resolveIntrinsics(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value))
    return value.map((item) => resolveIntrinsics(item, scope)).filter((item) => item !== noValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only && (only[0] === 'Ref' || only[0].startsWith('Fn::')))
    return call(only[0], only[1], scope);
  return Object.fromEntries(
    entries
      .map(([key, item]): [string, unknown] => [key, resolveIntrinsics(item, scope)])
      .filter(([, item]) => item !== noValue),
  );
}

function call(name: string, argument: unknown, scope: Scope): unknown {
  const intrinsic = intrinsics[name];
  if (!intrinsic) throw new Error(`the template uses ${name}, which the local stack does not know`);
  return intrinsic(resolveIntrinsics(argument, scope), scope);
}

/** `${Name}`, `${Name.Attribute}`, and `${!Literal}`, which stays without the mark. */
function substitute(template: string, variables: Readonly<Record<string, unknown>>, scope: Scope): string {
  return template.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (Object.hasOwn(variables, name)) return text.parse(variables[name]);
    return text.parse(name.includes('.') ? scope.getAtt(...dottedOrPair.parse(name)) : scope.ref(name));
  });
}
