import type { SignupEvent } from '../../../lambdas/signups/event.ts';
import { currentStep, type SignupItem, type Step } from '../../../lambdas/signups/ledger.ts';
import { fromNow } from './age.ts';
import type { ReachedStage } from './reached-stage.ts';
import { toldEvents } from './told-event.ts';
import { whatNext } from './what-next.ts';

/** A line of a story: what it is about, and what there is to say. */
type Line = readonly [string, string];

/**
 * All that the ledger knows of a signup at one destination, for whoever may read the ledger: the person, but never credentials (of those only
 * what became of them), nor the body.
 *
 * @param now milliseconds since the epoch
 */
export function storyOf(item: SignupItem, stage: Pick<ReachedStage, 'word'>, now: number): string {
  const step = currentStep(item);
  const when = (at: number) => `${new Date(at).toISOString()}  ${fromNow(at, now)}`;
  const lines: Line[] = [
    [
      'run',
      `${item.run}, ${count(step.attempt, 'vendor call')}${step.maybeDone ? ', one of which may have been carried out' : ''}`,
    ],
    ...(item.run > 1 ? [['earlier', earlierEvents(item, step)] as const] : []),
    ['accepted', when(Date.parse(item.acceptedAt))],
    ['sent', `${when(item.sentAt)}, the message that started the run`],
    ...stepLines(item, step, when),
    ...toldEvents(item).flatMap((event) => eventLines(event, when)),
    ...(item.conflicts.length > 0
      ? [['conflicts', `${count(item.conflicts.length, 'later message')} under this id said something else`] as const]
      : []),
    ...(item.crashes > 0 ? [['crashes', `its worker died ${count(item.crashes, 'time')} over it`] as const] : []),
    ['kept until', when(item.expires * 1000)],
    ['next', whatNext(item, stage, now)],
  ];
  return [
    `${item.destination}  ${stateOf(item, step, now)}`,
    ...lines.map(([name, text]) => `  ${name.padEnd(11)} ${text}`),
  ].join('\n');
}

/** One word for a signup's state at a destination. */
export function stateOf(item: SignupItem, step: Step, now: number): string {
  switch (step.state) {
    case 'done':
      return step.outcome;
    case 'waiting':
      return 'waiting';
    case 'suspect':
    case 'calling':
      return item.lease > now ? 'being worked on' : 'waiting: its worker ended without a result';
  }
}

function stepLines(item: SignupItem, step: Step, when: (at: number) => string): Line[] {
  switch (step.state) {
    case 'done':
      return step.reason === null ? [] : [['reason', `${step.reason.code}: ${step.reason.message}`]];
    case 'waiting':
      return [
        ['tried again', when(step.notBefore)],
        ['reason', `${step.reason.code}: ${step.reason.message}`],
      ];
    case 'suspect':
    case 'calling':
      return [['claimed', `until ${when(item.lease)}`]];
  }
}

function eventLines({ type, id, sequence, data }: SignupEvent, when: (at: number) => string): Line[] {
  const { person, account, credentials, notApplied, finishedAt, afterLostReply } = data;
  const known = [
    account?.userId == null ? [] : [`user id ${account.userId}`],
    account?.role == null ? [] : [`role ${account.role}`],
  ].flat();
  return [
    ['ended', when(Date.parse(finishedAt))],
    ...(person === null ? [] : [['person', `${person.firstName} ${person.lastName} <${person.email}>`] as const]),
    ...(known.length === 0 ? [] : [['account', known.join(', ')] as const]),
    ...(afterLostReply
      ? [['found', 'after a request of ours whose reply was lost: most likely the account is ours'] as const]
      : []),
    ...(credentials === null ? [] : [['credentials', `${credentials.state} (never shown here)`] as const]),
    ...(notApplied.length === 0 ? [] : [['not applied', notApplied.join(', ')] as const]),
    ['event', `${id}  ${type}, number ${Number(sequence)}`],
  ];
}

/** The ledger keeps the present run whole, and of earlier ones that they were. */
function earlierEvents({ signupId, destination, run }: SignupItem, { name }: Step): string {
  const ids = Array.from({ length: run - 1 }, (_, index) => `${signupId}/${destination}/${name}/${index + 1}`);
  return `${count(run - 1, 'run')} ended before, told as ${ids.join(', ')}`;
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
