import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import { type DoneStep, openSteps, type SignupItem, signupItemSchema } from '../../../lambdas/signups/ledger.ts';
import type { ReachedStage } from './reached-stage.ts';

/** A step of a signup that ended at a destination in a way that can be reopened. */
export interface OpenSignup {
  readonly item: SignupItem;
  readonly step: DoneStep;
}

/** Every open outcome of the destinations, by the sparse index `open`, the oldest first. */
export async function openOutcomes(
  { dynamodb, tableName }: ReachedStage,
  destinations: readonly string[],
): Promise<readonly OpenSignup[]> {
  const found: OpenSignup[] = [];
  for (const destination of destinations) {
    const pages = paginateQuery(
      { client: dynamodb },
      {
        TableName: tableName,
        IndexName: 'open',
        KeyConditionExpression: 'openIn = :destination',
        ExpressionAttributeValues: { ':destination': { S: destination } },
      },
    );
    for await (const { Items = [] } of pages)
      found.push(...Items.flatMap((item) => asOpen(z.parse(signupItemSchema, unmarshall(item)))));
  }
  return found.toSorted((a, b) => openedAt(a).localeCompare(openedAt(b)));
}

/** @returns none where the signup is under way, or ended for good */
export const asOpen = (item: SignupItem): OpenSignup[] => openSteps(item).map((step) => ({ item, step }));

/** ISO 8601. */
export const openedAt = ({ item }: OpenSignup): string => item.openedAt ?? item.acceptedAt;
