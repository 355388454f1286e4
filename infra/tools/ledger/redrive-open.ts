import type { SignupItem } from '../../../lambdas/signups/ledger.ts';
import { ToolError } from '../tool-error.ts';
import { nameAsked, readAskedSignup } from './asked-signup.ts';
import { findSignups } from './find-signups.ts';
import { summaryOf } from './open-list.ts';
import { asOpen, type OpenSignup, openOutcomes } from './open-outcomes.ts';
import type { ReachedStage } from './reached-stage.ts';
import type { RedriveWish } from './redrive-flags.ts';
import { reopen } from './reopen.ts';
import { resolveLine, whatNext } from './what-next.ts';

/** As many at a time: a queue takes far more, a command need not be faster. */
const atATime = 10;

/**
 * Runs open outcomes again, each as its next run; `unknown` ones are left to a person.
 *
 * @param say prints a line
 * @returns whether all that was asked for could be run again
 */
export async function redriveOpen(
  stage: ReachedStage,
  wish: RedriveWish,
  say: (line: string) => void,
): Promise<boolean> {
  const found =
    wish.signup === undefined ? await openOutcomes(stage, wish.destinations) : await openOf(stage, wish, say);
  const chosen = found.filter(({ step }) => wish.reason === undefined || step.reason?.code === wish.reason);
  if (chosen.length === 0) {
    const reasons = [...new Set(found.map(({ step }) => step.reason?.code ?? ''))].sort();
    if (wish.reason !== undefined && reasons.length > 0)
      throw new ToolError(`Nothing is open for the reason ${wish.reason}; the reasons are ${reasons.join(', ')}.`);
    say('Nothing is open: there is nothing to run again.');
    return wish.signup === undefined;
  }
  const [unknown, ready] = [chosen.filter(isUnknown), chosen.filter((each) => !isUnknown(each))];
  const items = signupsOf(ready);
  for (let at = 0; at < items.length; at += atATime)
    await Promise.all(items.slice(at, at + atATime).map((item) => reopen(stage, item)));
  if (ready.length > 0)
    say(
      `Sent again in ${stage.title}, each as its next run with an event of its own: ${summaryOf(ready)}. Sent twice it is still one run.`,
    );
  for (const item of signupsOf(unknown))
    say(
      `Skipped ${item.signupId} at ${item.destination}: the vendor may have done it, and nobody knows. Look there, then: ${resolveLine(item, stage)}`,
    );
  return unknown.length === 0 || wish.signup === undefined;
}

/** Several steps of one signup are run again by one message. */
const signupsOf = (open: readonly OpenSignup[]): readonly SignupItem[] => [
  ...new Map(open.map(({ item }) => [item.id, item])).values(),
];

const isUnknown = ({ step }: OpenSignup): boolean => step.outcome === 'unknown';

/** The open outcomes of one signup; of the others it says what they are. */
async function openOf(
  stage: ReachedStage,
  wish: RedriveWish,
  say: (line: string) => void,
): Promise<readonly OpenSignup[]> {
  const asked = readAskedSignup(wish.signup ?? '', stage);
  const items = (await findSignups(stage, asked)).filter(({ destination }) => wish.destinations.includes(destination));
  if (items.length === 0) throw new ToolError(`The ledger of ${stage.title} has no signup ${nameAsked(asked)}.`);
  for (const item of items)
    if (asOpen(item).length === 0)
      say(`Not open: ${item.signupId} at ${item.destination}; next: ${whatNext(item, stage, Date.now())}.`);
  return items.flatMap(asOpen);
}
