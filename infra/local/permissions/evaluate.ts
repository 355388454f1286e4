import type { AccessRequest } from './access-request.ts';
import type { Condition, Statement } from './policy.ts';
import { matchesArn, matchesPattern } from './wildcard.ts';

/** Whether an identity's statements allow it ("Policy evaluation logic"): what is denied is denied, and so is what nothing allows. */
export function isAllowed(statements: readonly Statement[], request: AccessRequest): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return applying.length > 0 && applying.every(({ Effect }) => Effect === 'Allow');
}

function applies(statement: Statement, { action, resource, context }: AccessRequest): boolean {
  return (
    statement.Action.some((pattern) => matchesPattern(pattern.toLowerCase(), action.toLowerCase())) &&
    statement.Resource.some((pattern) => matchesArn(pattern, resource)) &&
    statement.Condition.every((condition) => holds(condition, context[condition.key] ?? []))
  );
}

/** Of an absent key, `ForAllValues` and what is negated are true, and everything else is false. */
function holds(condition: Condition, values: readonly string[]): boolean {
  const fits = (value: string) => condition.wanted.some((each) => isSame(condition, each, value)) !== condition.negated;
  switch (condition.values) {
    case 'all':
      return values.every(fits);
    case 'any':
      return values.some(fits);
    case 'one':
      return values.length === 0 ? condition.negated : values.length === 1 && values.every(fits);
  }
}

const isSame = ({ wildcards }: Condition, wanted: string, value: string): boolean =>
  wildcards ? matchesPattern(wanted, value) : wanted === value;
