import { randomUUID } from 'node:crypto';
import { createLedger } from '../../../lambdas/aws/table.ts';
import { blankSession, type SessionItem, sessionItemId } from '../../../lambdas/signups/ledger.ts';
import type { ReachedStage } from '../ledger/reached-stage.ts';
import { ToolError } from '../tool-error.ts';

const mostTries = 20;

/**
 * Changes a destination's session item as its workers do: by a write on condition that nobody wrote it since it was read.
 *
 * @param change of what is there; undefined where nothing is to be written
 * @returns what is there afterwards
 * @throws ToolError where others wrote it again and again
 */
export async function changeSession(
  { dynamodb, tableName }: Pick<ReachedStage, 'dynamodb' | 'tableName'>,
  destination: string,
  change: (item: SessionItem) => SessionItem | undefined,
): Promise<SessionItem> {
  const { sessions } = createLedger(dynamodb, tableName);
  let found = await sessions.read(sessionItemId(destination));
  for (let tries = 0; tries < mostTries; tries++) {
    const before = found ?? blankSession(destination);
    const changed = change(before);
    if (changed === undefined) return before;
    const item = { ...changed, writeId: randomUUID() };
    const written = await sessions.write(item, found?.writeId ?? null);
    if (written.applied) return item;
    found = written.found;
  }
  throw new ToolError(`The session of ${destination} is being written by its workers again and again; try once more.`);
}
