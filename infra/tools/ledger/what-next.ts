import { currentStep, type SignupItem } from '../../../lambdas/signups/ledger.ts';
import type { Outcome } from '../../../lambdas/signups/outcome.ts';
import type { ReachedStage } from './reached-stage.ts';

/** What happens next with a signup at a destination, or who must do what. */
export function whatNext(item: SignupItem, stage: Pick<ReachedStage, 'word'>, now: number): string {
  const step = currentStep(item);
  switch (step.state) {
    case 'done':
      return afterOutcome(step.outcome, item, stage);
    case 'waiting':
      return 'it is tried again by itself';
    case 'suspect':
    case 'calling':
      return item.lease > now ? 'a worker is at it' : 'its message comes back by itself';
  }
}

function afterOutcome(outcome: Outcome, item: SignupItem, stage: Pick<ReachedStage, 'word'>): string {
  switch (outcome) {
    case 'created':
    case 'existing':
      return 'nothing: it is over';
    case 'ignored':
      return 'nothing, unless the sender sends something else under this id';
    case 'rejected':
    case 'failed':
      return `mend the cause, then: ${redriveLine(item, stage)}`;
    case 'unknown':
      return `look for the person at the vendor, then: ${resolveLine(item, stage)}`;
  }
}

export const redriveLine = ({ signupId }: SignupItem, { word }: Pick<ReachedStage, 'word'>): string =>
  `npm run redrive${word} ${signupId}`;

/** The command by which a person says what they found at the vendor. */
export const resolveLine = ({ signupId, destination }: SignupItem, { word }: Pick<ReachedStage, 'word'>): string =>
  `npm run signup${word} ${signupId} -- --resolve exists|absent --destination ${destination}`;
