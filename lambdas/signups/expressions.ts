import jsonata from 'jsonata';
import { describeFailure, describeSyntaxError, type EvaluationProblem } from './expression-errors.ts';
import { ExpressionLimit, registerFunctions, textLimit, textProblem } from './expression-functions.ts';
import { checkRules, type ExpressionFacts } from './expression-rules.ts';

export type ExpressionCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly message: string; readonly position: number };

export type Evaluated =
  /** Plain JSON values; `undefined` where the expression finds nothing. */
  { readonly ok: true; readonly value: unknown } | ({ readonly ok: false } & EvaluationProblem);

export type Expression = (payload: unknown) => Promise<Evaluated>;

const expressionLimit = 4096;
const listLimit = 1000;
/** Counted, not timed: the same payload must come out the same on a busy machine. */
const stepLimit = 50_000;
const charactersLimit = 4 * 1024 * 1024;
const resultLimit = 2 * textLimit;
/** For what counting can't see; far above anything that the counts allow. */
const timeoutMs = 2000;
const stackLimit = 1000;

/** Whether an expression may be used; `position` is where it goes wrong, in characters from its start. */
export function checkExpression(text: string): ExpressionCheck {
  const prepared = prepare(text);
  return 'message' in prepared ? { ok: false, ...prepared } : { ok: true };
}

/**
 * Makes an expression ready to be evaluated any number of times, also at once.
 *
 * Evaluation is bounded: 50,000 steps, lists of 1,000, texts of 64 Ki characters, 4 Mi characters over all, a result of 128 Ki; what goes
 * beyond is an error. Errors hold nothing of the payload.
 *
 * @throws Error where {@link checkExpression} finds fault with it
 */
export function compileExpression(text: string): Expression {
  const prepared = prepare(text);
  if ('message' in prepared) throw new Error(`character ${prepared.position}: ${prepared.message}`);
  const { expression } = prepared;
  return async (payload) => {
    try {
      // JSONata writes into what it is given: an empty list would reach the next expression with an entry in it.
      const own = toPlain(payload, { left: Number.POSITIVE_INFINITY });
      const result: unknown = await expression.evaluate(own, { [budgetName]: newBudget() });
      return { ok: true, value: toPlain(result, { left: resultLimit }) };
    } catch (error) {
      return { ok: false, ...describeFailure(error) };
    }
  };
}

function prepare(text: string): { expression: jsonata.Expression } | { message: string; position: number } {
  if (text.length > expressionLimit)
    return { message: `is longer than ${expressionLimit} characters`, position: expressionLimit };
  let expression: jsonata.Expression;
  try {
    expression = jsonata(text, { timeout: timeoutMs, stack: stackLimit, sequence: listLimit });
  } catch (error) {
    return describeSyntaxError(error);
  }
  const facts = checkRules(expression.ast());
  if ('message' in facts) return facts;
  registerFunctions(expression);
  watch(expression, facts);
  return { expression };
}

interface Budget {
  steps: number;
  characters: number;
}

/** No expression can name it: the rules refuse variables that it doesn't set itself. */
const budgetName = 'the budget of this evaluation';
const newBudget = (): Budget => ({ steps: stepLimit, characters: charactersLimit });

/** JSONata's hooks for debuggers, called before and after each node of the tree is evaluated. */
interface Watchable {
  assign(name: string | symbol, value: unknown): void;
}
interface Node {
  readonly type: string;
  readonly position?: number;
  readonly keepArray?: boolean;
}
interface Frame {
  lookup(name: string): Budget;
}

function watch(expression: Watchable, facts: ExpressionFacts): void {
  expression.assign(Symbol.for('jsonata.__evaluate_entry'), (node: Node, input: unknown, frame: Frame) => {
    const budget = frame.lookup(budgetName);
    budget.steps -= 1;
    if (budget.steps < 0) throw new ExpressionLimit('takes too many steps', node.position);
    // A function called without its first argument works on the context.
    const problem = node.type === 'function' && typeof input === 'string' ? chargeText(input, budget) : undefined;
    if (problem !== undefined) throw new ExpressionLimit(problem, node.position);
  });
  expression.assign(
    Symbol.for('jsonata.__evaluate_exit'),
    (node: Node, _input: unknown, frame: Frame, result: unknown) => {
      const problem = typeof result === 'string' ? chargeText(result, frame.lookup(budgetName)) : listProblem(result);
      if (problem !== undefined) throw new ExpressionLimit(problem, node.position);
      const place = facts.joined.get(node);
      const unjoinable = place === undefined ? undefined : textProblem(settled(node, result));
      if (unjoinable !== undefined) throw new ExpressionLimit(unjoinable, place);
    },
  );
}

function chargeText(text: string, budget: Budget): string | undefined {
  budget.characters -= text.length;
  if (text.length > textLimit) return `makes a text of more than ${textLimit} characters`;
  return budget.characters < 0 ? 'makes too much text' : undefined;
}

const listProblem = (result: unknown): string | undefined =>
  Array.isArray(result) && result.length > listLimit ? `meets a list of more than ${listLimit} entries` : undefined;

/** What JSONata goes on with: a sequence of none is nothing, and of one its value, unless `[]` was written after it. */
function settled({ keepArray }: Node, result: unknown): unknown {
  if (!Array.isArray(result) || !('sequence' in result) || result.length > 1) return result;
  const isKept = keepArray === true || ('keepSingleton' in result && result.keepSingleton === true);
  return isKept && result.length === 1 ? result : result[0];
}

/** Copies a value into plain JSON, so that nothing of the engine's comes along, and measures it on the way. */
function toPlain(value: unknown, room: { left: number }): unknown {
  room.left -= typeof value === 'string' ? value.length + 1 : 1;
  if (room.left < 0) throw new ExpressionLimit(`yields more than ${resultLimit} characters`);
  if (Array.isArray(value)) return value.map((item) => toPlain(item, room));
  if (typeof value === 'function') throw new ExpressionLimit('yields a function, not a value');
  if (typeof value !== 'object' || value === null) return value;
  const object: Record<string, unknown> = Object.create(null);
  for (const [key, item] of Object.entries(value)) {
    room.left -= key.length;
    object[key] = toPlain(item, room);
  }
  return object;
}
