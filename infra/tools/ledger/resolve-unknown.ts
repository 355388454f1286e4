import { openSteps, type SignupItem } from '../../../lambdas/signups/ledger.ts';
import { ToolError } from '../tool-error.ts';
import type { ReachedStage } from './reached-stage.ts';
import { type Finding, reopen } from './reopen.ts';
import { stateOf } from './signup-story.ts';

/** @throws ToolError where it is neither of the two */
export function readFinding(text: string): Finding {
  if (text === 'exists' || text === 'absent') return text;
  throw new ToolError(
    `--resolve ${text}: say exists if the vendor has the account (or registration), or absent if there is certainly none`,
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
  const unknown = items.filter((item) => unknownSteps(item).length > 0);
  const [item] = unknown;
  if (item === undefined) {
    const states = items.map((each) => `${each.destination}: ${stateOf(each, Date.now())}`);
    throw new ToolError(`--resolve is for a signup that ended unknown, and this one is not: ${states.join('; ')}.`);
  }
  if (unknown.length > 1)
    throw new ToolError(
      `That is unknown more than once (${unknown.map(({ signupId, destination }) => `${signupId} at ${destination}`).join(', ')}): name the signup by its id, and --destination.`,
    );
  await reopen(stage, item, finding);
  return whatWillHappen(item, finding, stage);
}

const unknownSteps = (item: SignupItem): readonly string[] =>
  openSteps(item).flatMap(({ name, outcome }) => (outcome === 'unknown' ? [name] : []));

function whatWillHappen(item: SignupItem, finding: Finding, { word }: ReachedStage): string {
  const { signupId, destination, run } = item;
  const events = unknownSteps(item).map((step) => `${signupId}/${destination}/${step}/${run + 1}`);
  const outcome =
    finding === 'exists'
      ? `What is unknown is not asked of the vendor again: run ${run + 1} ends it existing, as found after a lost reply, and tells so`
      : `Run ${run + 1} asks it of the vendor again, and tells what comes of it. If there is one after all, and the vendor refuses no duplicates, there are two then`;
  return `${outcome} (${events.join(', ')}).\nIn a few seconds: npm run signup${word} ${signupId}`;
}
