import { QueueDoesNotExist } from '@aws-sdk/client-sqs';
import { messagesIn } from '../doctor/look-at-queues.ts';
import { openOutcomes } from '../ledger/open-outcomes.ts';
import type { OperatedStage } from '../operate/operated-stage.ts';
import { ToolError } from '../tool-error.ts';

/**
 * Refuses to take a destination away that still holds signups: nobody would work on them any more.
 *
 * @param deployed the destinations that are there now; the stage's config says which are to be
 * @throws ToolError naming what each of those that are to go still holds, and what to do
 */
export async function assertRemovable(stage: OperatedStage, deployed: readonly string[]): Promise<void> {
  const leaving = deployed.filter((id) => !stage.destinations.includes(id));
  const told = await Promise.all(leaving.map(async (id) => ({ id, held: await heldBy(stage, id) })));
  const held = told.filter(({ held: what }) => what.length > 0);
  if (held.length === 0) return;
  const lines = held.map(({ id, held: what }) => `  ${id} still holds ${what.join(', ')}`);
  throw new ToolError(
    [
      'Nothing was deployed: the config names no more a destination that is not empty.',
      ...lines,
      `Put it back with "retired": true and deploy: it gets nothing new, and works off what it has. What ended open is run again by npm run redrive${stage.word} -- --destination ID.`,
    ].join('\n'),
  );
}

async function heldBy(stage: OperatedStage, id: string): Promise<string[]> {
  const [waiting, dead, open] = await Promise.all([
    countIn(stage, () => stage.queueUrl(id)),
    countIn(stage, () => stage.deadLetterQueueUrl(id)),
    openOutcomes(stage, [id]),
  ]);
  return [
    count(waiting, 'signup on its way', 'signups on their way'),
    count(dead, 'dead letter', 'dead letters'),
    count(open.length, 'signup that ended', 'signups that ended', ' rejected, failed or unknown'),
  ].flat();
}

const count = (number: number, one: string, many: string, more = ''): string[] =>
  number === 0 ? [] : [`${number} ${number === 1 ? one : many}${more}`];

async function countIn({ sqs }: OperatedStage, url: () => Promise<string>): Promise<number> {
  try {
    const { visible, invisible } = await messagesIn(sqs, await url());
    return visible + invisible;
  } catch (error) {
    if (error instanceof QueueDoesNotExist) return 0;
    throw error;
  }
}
