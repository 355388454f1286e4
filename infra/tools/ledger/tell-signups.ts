import type { SignupItem } from '../../../lambdas/signups/ledger.ts';
import { ToolError } from '../tool-error.ts';
import { type AskedSignup, nameAsked } from './asked-signup.ts';
import type { ReachedStage } from './reached-stage.ts';
import { storyOf } from './signup-story.ts';

/**
 * The whole story of the signups that were found, each at every destination of its source.
 *
 * @param destinations those that are asked for
 * @param now milliseconds since the epoch
 * @throws ToolError where none was found, saying why that can be
 */
export function tellSignups(
  asked: AskedSignup,
  items: readonly SignupItem[],
  destinations: readonly string[],
  stage: Pick<ReachedStage, 'sources' | 'title' | 'word'>,
  now: number,
): string {
  if (items.length === 0)
    throw new ToolError(`The ledger of ${stage.title} has no signup ${nameAsked(asked)}. ${whyNone[asked.kind]}`);
  return [...Map.groupBy(items, ({ signupId }) => signupId)]
    .map(([signupId, some]) => tellOne(signupId, some, destinations, stage, now))
    .join('\n\n');
}

const whyNone = {
  id: 'If it was accepted within the last seconds it is still in the queue; after `keep` the ledger forgets it.',
  reference:
    'If it was accepted within the last seconds it is still in the queue; after `keep` the ledger forgets it; and where the mapping failed, or sets no reference, it has none: ask by the id that the sender was answered.',
  email:
    'An address finds a signup that has ended, unless its mapping failed, or the destination has "personalData": "omit" and the address is not the account’s username. Ask by the id that the sender was answered, or by SOURCE/REFERENCE.',
} as const satisfies Record<AskedSignup['kind'], string>;

function tellOne(
  signupId: string,
  items: readonly SignupItem[],
  destinations: readonly string[],
  stage: Pick<ReachedStage, 'sources' | 'word'>,
  now: number,
): string {
  const [first] = items;
  const source = first?.source ?? '';
  const reference = items.find((item) => item.reference !== undefined)?.reference;
  const absent = (stage.sources[source] ?? []).filter(
    (id) => destinations.includes(id) && items.every(({ destination }) => destination !== id),
  );
  return [
    `${signupId}  from ${source}${reference === undefined ? '' : `, reference ${reference}`}`,
    ...items.map((item) => storyOf(item, stage, now)),
    ...absent.map(
      (id) => `${id}  nothing in the ledger: still in the queue, or the source did not send there at the time`,
    ),
  ].join('\n\n');
}
