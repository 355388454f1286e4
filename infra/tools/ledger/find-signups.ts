import { GetItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import { type SignupItem, signupItemId, signupItemSchema } from '../../../lambdas/signups/ledger.ts';
import type { AskedSignup } from './asked-signup.ts';
import type { ReachedStage } from './reached-stage.ts';
import { toldEvent } from './step-story.ts';

/**
 * The ledger's items of the signups that are asked for, one a signup and destination. An id is looked up; for a reference or an e-mail
 * address the whole ledger is read, and e-mail addresses are known of signups whose event named the person.
 *
 * @returns in the order in which they were accepted
 */
export async function findSignups(stage: ReachedStage, asked: AskedSignup): Promise<readonly SignupItem[]> {
  const found = asked.kind === 'id' ? await lookUp(stage, asked.signupId) : await scan(stage, asked);
  return found.toSorted(
    (a, b) =>
      a.acceptedAt.localeCompare(b.acceptedAt) ||
      a.signupId.localeCompare(b.signupId) ||
      a.destination.localeCompare(b.destination),
  );
}

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

async function scan(
  { dynamodb, tableName }: ReachedStage,
  asked: Exclude<AskedSignup, { kind: 'id' }>,
): Promise<SignupItem[]> {
  const filter =
    asked.kind === 'email'
      ? { condition: '#kind = :kind', names: {}, values: {} }
      : {
          condition: '#kind = :kind AND #source = :source AND #reference = :reference',
          names: { '#source': 'source', '#reference': 'reference' },
          values: { ':source': { S: asked.source }, ':reference': { S: asked.reference } },
        };
  const pages = paginateScan(
    { client: dynamodb },
    {
      TableName: tableName,
      ConsistentRead: true,
      FilterExpression: filter.condition,
      ExpressionAttributeNames: { '#kind': 'kind', ...filter.names },
      ExpressionAttributeValues: { ':kind': { S: 'signup' }, ...filter.values },
    },
  );
  const items: SignupItem[] = [];
  for await (const { Items = [] } of pages) {
    const page = Items.map((item) => z.parse(signupItemSchema, unmarshall(item)));
    items.push(...(asked.kind === 'email' ? page.filter((item) => isOf(item, asked.email)) : page));
  }
  return items;
}

const isOf = ({ steps }: SignupItem, email: string): boolean =>
  steps.some((step) => {
    const person = toldEvent(step)?.data.person;
    return person !== undefined && person !== null && normal(person.email) === normal(email);
  });

/** As the ledger compares persons. */
const normal = (email: string): string => email.normalize('NFC').trim().toLowerCase();
