import { currentStep, openOutcomes, type SignupItem } from '../../../lambdas/signups/ledger.ts';
import { ToolError } from '../tool-error.ts';
import type { ReachedStage } from './reached-stage.ts';
import { type Finding, reopen } from './reopen.ts';
import { stateOf } from './signup-story.ts';

/** @throws ToolError where it is neither of the two */
export function readFinding(text: string): Finding {
  if (text === 'exists' || text === 'absent') return text;
  throw new ToolError(
    `--resolve ${text}: say exists if the person has an account at the vendor, or absent if there is certainly none`,
  );
}

/**
 * Tells the worker what a person found at the vendor about an `unknown` signup.
 *
 * @param items the signup at the destinations that are meant
 * @returns what will happen
 * @throws ToolError where not exactly one of them is `unknown`
 */
export async function resolveUnknown(
  stage: ReachedStage,
  items: readonly SignupItem[],
  finding: Finding,
): Promise<string> {
  const unknown = items.filter((item) => openOutcomes(item).includes('unknown'));
  const [item] = unknown;
  if (item === undefined) {
    const states = items.map((each) => `${each.destination}: ${stateOf(each, currentStep(each), Date.now())}`);
    throw new ToolError(`--resolve is for a signup that ended unknown, and this one is not: ${states.join('; ')}.`);
  }
  if (unknown.length > 1)
    throw new ToolError(
      `That is unknown more than once (${unknown.map(({ signupId, destination }) => `${signupId} at ${destination}`).join(', ')}): name the signup by its id, and --destination.`,
    );
  await reopen(stage, item, finding);
  return whatWillHappen(item, finding, stage);
}

function whatWillHappen({ signupId, destination, run }: SignupItem, finding: Finding, { word }: ReachedStage): string {
  const event = `${signupId}/${destination}/account/${run + 1}`;
  const outcome =
    finding === 'exists'
      ? `The vendor is not called. Run ${run + 1} ends existing, and its event ${event} says that the account was found after a lost reply`
      : `Run ${run + 1} calls the vendor for a new account, and tells what comes of it as ${event}. If there is an account after all and the vendor refuses no duplicates, the person then has two`;
  return `${outcome}.\nIn a few seconds: npm run signup${word} ${signupId}`;
}
