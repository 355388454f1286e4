import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { SignupItem } from '../../lambdas/signups/ledger.ts';
import type { Academy } from './academy.ts';
import { signupItems } from './observe.ts';

const day = 86_400_000;

/** Makes a signup's items as old as if so many days had gone by since. */
export async function ageLedger(
  academy: Pick<Academy, 'clients' | 'stack'>,
  signupId: string,
  days: number,
): Promise<void> {
  const earlier = (time: string) => new Date(Date.parse(time) - days * day).toISOString();
  for (const item of (await signupItems(academy)).filter((each) => each.signupId === signupId)) {
    const aged: SignupItem = {
      ...item,
      sentAt: item.sentAt - days * day,
      acceptedAt: earlier(item.acceptedAt),
      expires: item.expires - days * 86_400,
      ...(item.openedAt === undefined ? {} : { openedAt: earlier(item.openedAt) }),
    };
    await academy.clients.dynamodb.send(
      new PutItemCommand({ TableName: academy.stack.tableName, Item: marshall(aged, { removeUndefinedValues: true }) }),
    );
  }
}
