import { paginateScan } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import { type SignupItem, signupItemSchema } from '../../lambdas/signups/ledger.ts';
import type { Academy } from './academy.ts';

type Place = Pick<Academy, 'clients' | 'stack'>;

/** The messages in some queues, in flight or not. */
export async function messagesIn({ clients }: Place, urls: readonly string[]): Promise<number> {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const counts = await Promise.all(
    urls.map(async (QueueUrl) => {
      const { Attributes } = await clients.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }),
      );
      return names.reduce((sum, name) => sum + Number(Attributes?.[name]), 0);
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Every signup in the ledger, at every destination. */
export async function signupItems({ clients, stack }: Place): Promise<SignupItem[]> {
  const items: SignupItem[] = [];
  for await (const { Items = [] } of paginateScan({ client: clients.dynamodb }, { TableName: stack.tableName }))
    for (const item of Items.map((each) => unmarshall(each)))
      if (item.kind === 'signup') items.push(z.parse(signupItemSchema, item));
  return items;
}
