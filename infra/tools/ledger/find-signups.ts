import { type AttributeValue, GetItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import { type SignupItem, signupItemId, signupItemSchema } from '../../../lambdas/signups/ledger.ts';
import { normalAddress } from './address.ts';
import type { AskedSignup } from './asked-signup.ts';
import type { ReachedStage } from './reached-stage.ts';
import { toldEvent } from './step-story.ts';

/**
 * The ledger's items of the signups that are asked for, one a signup and destination. An id is looked up; for a reference or an e-mail
 * address the whole ledger is read, and an address is known of signups whose event names it, or whose account's username it is.
 *
 * @returns in the order in which they were accepted
 */
export async function findSignups(stage: ReachedStage, asked: AskedSignup): Promise<readonly SignupItem[]> {
  const found = asked.kind === 'id' ? await lookUp(stage, asked.signupId) : await scan(stage, asked);
  return found.toSorted(inOrder);
}

/** For sorting: by when they were accepted. */
export const inOrder = (a: SignupItem, b: SignupItem): number =>
  a.acceptedAt.localeCompare(b.acceptedAt) ||
  a.signupId.localeCompare(b.signupId) ||
  a.destination.localeCompare(b.destination);

async function lookUp({ dynamodb, tableName, destinations }: ReachedStage, signupId: string): Promise<SignupItem[]> {
  const answers = await Promise.all(
    destinations.map((destination) =>
      dynamodb.send(
        new GetItemCommand({
          TableName: tableName,
          Key: { id: { S: signupItemId(destination, signupId) } },
          ConsistentRead: true,
        }),
      ),
    ),
  );
  return answers.flatMap(({ Item }) => (Item === undefined ? [] : [z.parse(signupItemSchema, unmarshall(Item))]));
}

async function scan(stage: ReachedStage, asked: Exclude<AskedSignup, { kind: 'id' }>): Promise<SignupItem[]> {
  const filter =
    asked.kind === 'email'
      ? undefined
      : {
          condition: '#source = :source AND #reference = :reference',
          names: { '#source': 'source', '#reference': 'reference' },
          values: { ':source': { S: asked.source }, ':reference': { S: asked.reference } },
        };
  const items: SignupItem[] = [];
  for await (const item of readSignups(stage, filter))
    if (asked.kind !== 'email' || isTold(item, asked.email)) items.push(item);
  return items;
}

interface Filter {
  readonly condition: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, AttributeValue>>;
}

/** Reads the whole ledger, and yields each signup's item that the filter lets pass. */
export async function* readSignups(
  { dynamodb, tableName }: ReachedStage,
  filter?: Filter,
): AsyncGenerator<SignupItem, void> {
  const pages = paginateScan(
    { client: dynamodb },
    {
      TableName: tableName,
      ConsistentRead: true,
      FilterExpression: ['#kind = :kind', ...(filter === undefined ? [] : [filter.condition])].join(' AND '),
      ExpressionAttributeNames: { '#kind': 'kind', ...filter?.names },
      ExpressionAttributeValues: { ':kind': { S: 'signup' }, ...filter?.values },
    },
  );
  for await (const { Items = [] } of pages) for (const item of Items) yield z.parse(signupItemSchema, unmarshall(item));
}

/** Whether a signup is told of whoever has the address: an event names it, or it is the account's username. */
export const isTold = ({ steps }: SignupItem, email: string): boolean =>
  steps.some((step) => {
    const addresses = [toldEvent(step)?.data.person?.email, step.state === 'done' ? step.account?.username : undefined];
    return addresses.some((each) => each !== undefined && normalAddress(each) === normalAddress(email));
  });
