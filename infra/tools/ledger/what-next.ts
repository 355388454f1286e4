import { currentStep, openOutcomes, outcomeOf, type SignupItem } from '../../../lambdas/signups/ledger.ts';
import type { ReachedStage } from './reached-stage.ts';

/** What happens next with a signup at a destination, or who must do what. */
export function whatNext(item: SignupItem, stage: Pick<ReachedStage, 'word'>, now: number): string {
  const step = currentStep(item);
  switch (step.state) {
    case 'done':
      return afterRun(item, stage);
    case 'waiting':
      return 'it is tried again by itself';
    case 'suspect':
    case 'calling':
      return item.lease > now ? 'a worker is at it' : 'its message comes back by itself';
  }
}

function afterRun(item: SignupItem, stage: Pick<ReachedStage, 'word'>): string {
  const open = openOutcomes(item);
  const ways = [
    ...(open.includes('unknown') ? [`look for it at the vendor, then: ${resolveLine(item, stage)}`] : []),
    ...(open.some((outcome) => outcome !== 'unknown') ? [`mend the cause, then: ${redriveLine(item, stage)}`] : []),
  ];
  if (ways.length > 0) return ways.join('; and ');
  return outcomeOf(currentStep(item)) === 'ignored'
    ? 'nothing, unless the sender sends something else under this id'
    : 'nothing: it is over';
}

const redriveLine = ({ signupId }: SignupItem, { word }: Pick<ReachedStage, 'word'>): string =>
  `npm run redrive${word} ${signupId}`;

/** The command by which a person says what they found at the vendor. Pasted as it is, it does nothing: a `|` would have let it say the first. */
export const resolveLine = ({ signupId, destination }: SignupItem, { word }: Pick<ReachedStage, 'word'>): string =>
  `npm run signup${word} ${signupId} -- --destination ${destination} --resolve exists (or absent)`;
