import type { Mistake } from './mistakes.ts';

/** Where a stack is to be, as far as its config says it; the shell says the rest. */
export interface StackPlace {
  readonly account?: unknown;
  readonly region?: unknown;
}

/**
 * What is wrong with an ARN of something that has to be where the stack is: AWS says so late, in the middle of a deployment, or never.
 *
 * @param arn anything; what is no ARN has been told before
 */
export function placeMistakes(arn: unknown, { account, region }: StackPlace, path: Mistake['path']): Mistake[] {
  const [, where, whose] = /^arn:[^:]*:[^:]*:([^:]*):([^:]*):/.exec(String(arn)) ?? [];
  if (where === undefined) return [];
  return [
    ...(region === undefined || region === where
      ? []
      : [`is in ${where}, and the stack in ${region}; it must be there too`]),
    ...(account === undefined || account === whose
      ? []
      : [`is the account ${whose}’s, and the stack ${account}’s; it must be the same account’s`]),
  ].map((message) => ({ path, message }));
}
