import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';

const itemSchema = z.object({
  steps: z.array(z.object({ event: z.string().nullish() })),
});
const timeSchema = z.object({ time: z.string() });

/**
 * The exact texts of the events in a ledger that are not older than a time: of each signup the last run's, one for each of its steps. They come
 * as the table gives them, in no order; the table is read once, whole.
 *
 * @param since milliseconds since the epoch
 */
export async function* storedEvents(
  dynamodb: DynamoDBClient,
  TableName: string,
  since: number,
): AsyncGenerator<string, void> {
  const scan = {
    TableName,
    FilterExpression: '#kind = :signup',
    ProjectionExpression: '#steps',
    ExpressionAttributeNames: { '#kind': 'kind', '#steps': 'steps' },
    ExpressionAttributeValues: { ':signup': { S: 'signup' } },
  };
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, scan))
    for (const item of Items)
      for (const { event } of itemSchema.parse(unmarshall(item)).steps)
        if (typeof event === 'string' && Date.parse(timeSchema.parse(JSON.parse(event)).time) >= since) yield event;
}
