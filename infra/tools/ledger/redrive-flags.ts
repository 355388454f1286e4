import { readFlags } from '../read-flags.ts';
import { refuseMore } from '../refuse-more.ts';
import { ToolError } from '../tool-error.ts';
import type { ReachedStage } from './reached-stage.ts';

/** What somebody wants of `npm run redrive`. */
export interface RedriveWish {
  /** `list` sends nothing. */
  readonly kind: 'list' | 'send' | 'dead-letters';
  /** A signup's id, reference or e-mail address, as it was typed; every signup, if absent. */
  readonly signup: string | undefined;
  readonly reason: string | undefined;
  readonly destinations: readonly string[];
}

const redriveUsage = 'npm run redrive [STAGE] [ID | all] [-- --reason CODE] [--destination D] [--dlq]';

const options = { reason: { type: 'string' }, destination: { type: 'string' }, dlq: { type: 'boolean' } } as const;

/** Takes the flags out of the words. @throws ToolError for an unknown one */
export function redriveFlags(words: readonly string[]) {
  const { values, positionals } = readFlags(redriveUsage, options, words);
  return { flags: values, words: positionals };
}

/**
 * What is to be done: without anything named, the open outcomes are listed. `--destination` narrows whatever else is asked.
 *
 * @param words those after the stage
 * @throws ToolError where they contradict each other, or name what is not there
 */
export function readRedriveWish(
  words: readonly string[],
  flags: ReturnType<typeof redriveFlags>['flags'],
  stage: Pick<ReachedStage, 'destinations' | 'title'>,
): RedriveWish {
  const [asked] = words;
  refuseMore(words, 1, redriveUsage);
  const destinations = chosenDestinations(flags.destination, stage);
  const common = { destinations, reason: flags.reason };
  if (flags.dlq) {
    if (asked !== undefined || flags.reason !== undefined)
      throw new ToolError(`--dlq sends a whole dead letter queue back, and takes only --destination: ${redriveUsage}`);
    return { kind: 'dead-letters', signup: undefined, ...common };
  }
  const kind = asked === undefined && flags.reason === undefined ? 'list' : 'send';
  return { kind, signup: asked === 'all' ? undefined : asked, ...common };
}

/** @throws ToolError where there is no such destination */
export function chosenDestinations(
  destination: string | undefined,
  { destinations, title }: Pick<ReachedStage, 'destinations' | 'title'>,
): readonly string[] {
  if (destination === undefined) return destinations;
  if (destinations.includes(destination)) return [destination];
  throw new ToolError(`${title} has no destination ${destination}; it has ${destinations.join(', ')}`);
}
