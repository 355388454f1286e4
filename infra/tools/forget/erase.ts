import { randomUUID } from 'node:crypto';
import type { SignupItem, Step } from '../../../lambdas/signups/ledger.ts';

/** Whether every step of a signup has ended: nothing is under way that would write the person back. */
export const isOver = ({ steps }: SignupItem): boolean => steps.every(({ state }) => state === 'done');

/**
 * A signup without the person: no event, body, account, reference, nor what the vendor said. What stays tells a redelivery that it is one, and keeps
 * the person from being made twice: the sender's id for the delivery, the outcome, and keyed hashes that nobody can read back.
 */
export function withoutPerson({
  body: _body,
  reference: _reference,
  openIn: _in,
  openedAt: _at,
  ...item
}: SignupItem): SignupItem {
  return { ...item, writeId: randomUUID(), steps: item.steps.map(eraseStep) };
}

function eraseStep(step: Step): Step {
  if (step.state !== 'done') return step;
  const { password: _password, account: _account, ...rest } = step;
  return {
    ...rest,
    reason: step.reason === null ? null : { code: step.reason.code, message: 'erased' },
    event: null,
  };
}
