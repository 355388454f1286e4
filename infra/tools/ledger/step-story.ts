import * as z from 'zod/mini';
import { eventSchema, type SignupEvent } from '../../../lambdas/signups/event.ts';
import { currentStep, type SignupItem, type Step } from '../../../lambdas/signups/ledger.ts';
import { count } from './count.ts';

/** A line of a story: what it is about, and what there is to say. */
export type Line = readonly [string, string];

/** Writes a time, in milliseconds since the epoch. */
type When = (at: number) => string;

/** One step of a signup: the account, or a registration. */
export function stepStory(item: SignupItem, step: Step, when: When, now: number): Line[] {
  const calls = count(step.attempt, 'vendor call');
  const inDoubt =
    step.attempt === 0
      ? ', one of an earlier run may have been carried out'
      : ', one of which may have been carried out';
  const line = `${stateOfStep(item, step, now)}, ${calls}${step.maybeDone ? inDoubt : ''}`;
  return [[step.name, line], ...details(item, step, when)];
}

/** One word for it. */
export function stateOfStep(item: SignupItem, step: Step, now: number): string {
  if (step.state === 'done') return step.outcome;
  if (step.state === 'waiting') return 'waiting';
  if (step !== currentStep(item)) return 'not begun';
  return item.lease > now ? 'being worked on' : 'waiting: its worker ended without a result';
}

function details(item: SignupItem, step: Step, when: When): Line[] {
  switch (step.state) {
    case 'done': {
      const event = toldEvent(step);
      const reason: Line[] = step.reason === null ? [] : [['reason', `${step.reason.code}: ${step.reason.message}`]];
      return [...reason, ...(event === undefined ? [] : eventLines(event, when))];
    }
    case 'waiting':
      return [
        ['reason', `${step.reason.code}: ${step.reason.message}`],
        ['tried again', when(step.notBefore)],
      ];
    case 'suspect':
    case 'calling':
      return step === currentStep(item) ? [['claimed', `until ${when(item.lease)}`]] : [];
  }
}

/** A step's event, read from its stored text; `undefined` where there is none, or an older version wrote it and it can't be read. */
export function toldEvent(step: Step): SignupEvent | undefined {
  if (step.state !== 'done' || step.event === null) return undefined;
  return z.safeParse(eventSchema, JSON.parse(step.event)).data;
}

/** Of the credentials it says what became of them; the username is half of them. */
function eventLines({ type, id, sequence, data }: SignupEvent, when: When): Line[] {
  const { person, account, credentials, notApplied, finishedAt, afterLostReply } = data;
  const lines: [string, string | null][] = [
    ['ended', when(Date.parse(finishedAt))],
    ['person', person === null ? null : `${person.firstName} ${person.lastName} <${person.email}>`],
    ['user id', account?.userId ?? null],
    ['role', account?.role ?? null],
    ['found', afterLostReply ? 'after a request of ours whose reply was lost: most likely it is ours' : null],
    ['credentials', credentials === null ? null : `${credentials.state} (never shown here)`],
    ['not applied', notApplied.length === 0 ? null : notApplied.join(', ')],
    ['event', `${id}  ${type}, number ${Number(sequence)}`],
  ];
  return lines.flatMap(([name, words]): Line[] => (words === null ? [] : [[name, words]]));
}
