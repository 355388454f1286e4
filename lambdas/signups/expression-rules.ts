/**
 * Which JSONata a mapping may use. The engine's own limits don't bound everything (a regular expression can take seconds on 30 characters,
 * `$pad` gigabytes), so an expression is held against this list before it is ever run: what is not named here is refused.
 */

/** Functions of JSONata 2.2 whose work is bounded by their arguments, and whose result depends on nothing else. */
const functions = new Set([
  ...['string', 'substring', 'substringBefore', 'substringAfter', 'lowercase', 'uppercase', 'length', 'trim', 'pad'],
  ...['contains', 'split', 'join', 'replace', 'number', 'floor', 'ceil', 'round', 'abs', 'sum', 'count', 'max', 'min'],
  ...[
    'average',
    'boolean',
    'not',
    'exists',
    'type',
    'map',
    'filter',
    'single',
    'sift',
    'each',
    'zip',
    'keys',
    'lookup',
  ],
  ...['append', 'spread', 'merge', 'reverse', 'sort', 'distinct', 'error', 'assert'],
  // Ours: see expression-functions.ts.
  ...['isEmail', 'startsWith', 'endsWith'],
]);
const takesFunction = new Set(['map', 'filter', 'single', 'sift', 'each', 'sort']);
const widest = 1000;

const instead: Readonly<Record<string, string>> = {
  regex:
    'regular expressions can take forever on some inputs; use $contains, $startsWith, $endsWith, $split or $isEmail',
  lambda: 'a function can only be written where $map, $filter, $single, $sift, $each or $sort take one',
  partial: 'partial application (?) is not available here',
  transform: 'the transform operator (| … |) is not available here',
  parent: 'the operators @, # and % are not available here',
  operator: 'partial application (?) is not available here',
};
const plainTypes = new Set(
  'path binary unary name string number value wildcard descendant condition block bind filter sort'.split(' '),
);

/** A node of JSONata's syntax tree, read without trust in its published types, which lag behind. */
export interface ExpressionNode {
  readonly type: string;
  readonly value?: unknown;
  readonly position?: unknown;
  readonly [key: string]: unknown;
}

export interface RuleBreach {
  readonly message: string;
  readonly position: number;
}

/** What the evaluation needs to know of a checked tree. */
export interface ExpressionFacts {
  /** The operands of `&`, each with its place: only text, numbers and booleans become text there. */
  readonly joined: WeakMap<object, number>;
}

export const isNode = (value: unknown): value is ExpressionNode =>
  isObject(value) && 'type' in value && typeof value.type === 'string';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

class Breach extends Error {
  override readonly name = 'Breach';
  readonly position: number;

  /** Thrown inside {@link checkRules} only, at the first node that is not allowed. */
  constructor(message: string, node: ExpressionNode) {
    super(message);
    this.position = typeof node.position === 'number' ? node.position : 0;
  }
}

/** @returns the facts, or the first thing that is not allowed */
export function checkRules(tree: unknown): ExpressionFacts | RuleBreach {
  const bound = new Set(['', '$']);
  const joined = new WeakMap<object, number>();
  try {
    collectBound(tree, bound);
    checkNode(tree, { bound, joined });
    return { joined };
  } catch (error) {
    if (error instanceof Breach) return { message: error.message, position: error.position };
    throw error;
  }
}

interface Scope {
  readonly bound: Set<string>;
  readonly joined: WeakMap<object, number>;
}

function collectBound(value: unknown, bound: Set<string>): void {
  if (!isObject(value)) return;
  if (isNode(value) && value.type === 'bind' && isNode(value.lhs)) addBound(value.lhs, bound);
  if (isNode(value) && value.type === 'lambda')
    for (const argument of nodes(value.arguments)) addBound(argument, bound);
  for (const child of Object.values(value)) collectBound(child, bound);
}

function addBound(node: ExpressionNode, bound: Set<string>): void {
  const name = String(node.value);
  if (functions.has(name) || name === '$' || name === '') throw new Breach(`$${name} is taken and can't be set`, node);
  bound.add(name);
}

const nodes = (value: unknown): readonly ExpressionNode[] => (Array.isArray(value) ? value.filter(isNode) : []);

function checkNode(value: unknown, scope: Scope): void {
  if (!isObject(value)) return;
  const checked = isNode(value) ? checkItself(value, scope) : [];
  for (const [key, child] of Object.entries(value)) if (!checked.includes(key)) checkNode(child, scope);
}

/** @returns the children that have been checked along with the node */
function checkItself(node: ExpressionNode, scope: Scope): readonly string[] {
  if ('focus' in node || 'index' in node || 'tuple' in node)
    throw new Breach('the operators @, # and % are not available here', node);
  if (node.type === 'function') return checkCall(node, argumentsOf(node), scope);
  if (node.type === 'apply') return checkApply(node, scope);
  if (node.type === 'variable') return checkVariable(node, scope);
  if (node.type === 'lambda' && node.thunk === true) return ['arguments'];
  if (!plainTypes.has(node.type)) throw new Breach(instead[node.type] ?? `${node.type} is not available here`, node);
  if (node.type === 'binary' && node.value === '&') markJoined(node, scope);
  return [];
}

const argumentsOf = (call: ExpressionNode): readonly unknown[] => (Array.isArray(call.arguments) ? call.arguments : []);

function checkVariable(node: ExpressionNode, scope: Scope): readonly string[] {
  const name = String(node.value);
  if (!scope.bound.has(name)) throw new Breach(unknownVariable(name), node);
  return [];
}

const unknownVariable = (name: string) =>
  functions.has(name) ? `$${name} is a function; call it: $${name}(…)` : `$${name} is set nowhere`;

/** `a ~> $f(b)` is `$f(a, b)`. */
function checkApply(node: ExpressionNode, scope: Scope): readonly string[] {
  const call = node.rhs;
  if (!isNode(call) || call.type !== 'function')
    throw new Breach('write a call after ~>, such as $name ~> $trim()', node);
  const checked = checkCall(call, [node.lhs, ...argumentsOf(call)], scope);
  for (const [key, child] of Object.entries(call)) if (!checked.includes(key)) checkNode(child, scope);
  return ['lhs', 'rhs'];
}

function checkCall(call: ExpressionNode, args: readonly unknown[], scope: Scope): readonly string[] {
  const procedure = call.procedure;
  if (!isNode(procedure) || procedure.type !== 'variable') throw new Breach('only named functions can be called', call);
  const name = String(procedure.value);
  if (!functions.has(name)) throw new Breach(`$${name} is not available here`, call);
  if (name === 'pad') checkPad(call, args);
  if (name === 'error') checkMessage(call, args[0], args.length === 1);
  if (name === 'assert') checkMessage(call, args[1], args.length === 2);
  for (const [index, argument] of args.entries()) {
    if (takesFunction.has(name) && index === 1 && isNode(argument) && argument.type === 'lambda')
      checkLambda(argument, scope);
    else checkNode(argument, scope);
  }
  return ['procedure', 'arguments'];
}

function checkLambda(lambda: ExpressionNode, scope: Scope): void {
  if (lambda.signature !== undefined) throw new Breach('a function here takes no signature', lambda);
  checkNode(lambda.body, scope);
}

function checkPad(call: ExpressionNode, args: readonly unknown[]): void {
  const width = args[1];
  if (args.length < 2 || !isNode(width) || width.type !== 'number' || Math.abs(Number(width.value)) > widest)
    throw new Breach(`$pad wants the text and its width, a number written out, of at most ${widest}`, call);
}

/** People read it, so it must not be made of the payload. */
function checkMessage(call: ExpressionNode, message: unknown, isComplete: boolean): void {
  if (!isComplete || !isNode(message) || message.type !== 'string')
    throw new Breach('the message of $error and $assert must be there, and written out in quotes', call);
}

function markJoined(join: ExpressionNode, { joined }: Scope): void {
  for (const operand of [join.lhs, join.rhs])
    if (isNode(operand)) joined.set(operand, placeOf(operand, placeOf(join, 0)));
}

/** A path has no place of its own, its first step has. */
function placeOf(node: ExpressionNode, otherwise: number): number {
  if (typeof node.position === 'number') return node.position;
  const [first] = nodes(node.steps);
  return first === undefined ? otherwise : placeOf(first, otherwise);
}
