import { currentStep, type SignupItem } from '../../../lambdas/signups/ledger.ts';
import { fromNow } from './age.ts';
import { count } from './count.ts';
import type { ReachedStage } from './reached-stage.ts';
import { type Line, stateOfStep, stepStory } from './step-story.ts';
import { whatNext } from './what-next.ts';

/**
 * All that the ledger knows of a signup at one destination, for whoever may read the ledger: the person, but never credentials (of those only
 * what became of them), nor the body.
 *
 * @param now milliseconds since the epoch
 */
export function storyOf(item: SignupItem, stage: Pick<ReachedStage, 'word'>, now: number): string {
  const when = (at: number) => `${new Date(at).toISOString()}  ${fromNow(at, now)}`;
  const { run, conflicts, crashes, acceptedAt, sentAt, expires } = item;
  const earlier = Array.from({ length: run - 1 }, (_, index) => `/${index + 1}`);
  const lines: Line[] = [
    ['run', run === 1 ? '1' : `${run}; earlier events of it have ids that end in ${earlier.join(', ')}`],
    ['accepted', when(Date.parse(acceptedAt))],
    ['sent', `${when(sentAt)}, the message that started the run`],
    ...item.steps.flatMap((step) => stepStory(item, step, when, now)),
    ...some(conflicts.length, [
      'conflicts',
      `${count(conflicts.length, 'later message')} under this id said something else`,
    ]),
    ...some(crashes, ['crashes', `its worker died ${count(crashes, 'time')} over it`]),
    ['kept until', when(expires * 1000)],
    ['next', whatNext(item, stage, now)],
  ];
  const text = lines.map(([name, words]) => `  ${name.padEnd(13)} ${words}`);
  return [`${item.destination}  ${stateOf(item, now)}`, ...text].join('\n');
}

/** A signup's state at a destination in a word, and that of each registration, where there are any. */
export function stateOf(item: SignupItem, now: number): string {
  const [account, ...registrations] = item.steps;
  if (account === undefined) return stateOfStep(item, currentStep(item), now);
  return [
    stateOfStep(item, account, now),
    ...registrations.map((step) => `${step.name} ${stateOfStep(item, step, now)}`),
  ].join(', ');
}

const some = (number: number, line: Line): Line[] => (number > 0 ? [line] : []);
