import { type AttributeValue, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';

/** DynamoDB bills a write by each started kilobyte of its item. */
const unitBytes = 1024;

/** Write units of a signup's two writes, on average over a page of the ledger. */
export interface LedgerUnits {
  readonly callingUnits: number;
  readonly doneUnits: number;
}

/**
 * Weighs ended signups. What stood in the table while the vendor was at it had no event yet, which is nearly all that the two differ by.
 *
 * @throws Error where the table has none
 */
export async function ledgerUnits(client: DynamoDBClient, table: string): Promise<LedgerUnits> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: table, Limit: 500 }));
  const signups = Items.filter(({ kind }) => kind?.S === 'signup');
  if (signups.length === 0) throw new Error('the ledger holds no signup to weigh');
  const units = (bytes: number) => Math.ceil(bytes / unitBytes);
  const mean = (of: (item: Record<string, AttributeValue>) => number) =>
    signups.reduce((total, item) => total + of(item), 0) / signups.length;
  return {
    callingUnits: mean((item) => units(bytesOf({ M: item }) - eventBytes({ M: item }))),
    doneUnits: mean((item) => units(bytesOf({ M: item }))),
  };
}

/** "DynamoDB item sizes and formats": names and texts in UTF-8, numbers about half their digits, 3 for a map or list and 1 for each of its elements. */
function bytesOf(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.length / 2) + 1;
  if (value.L !== undefined) return value.L.reduce((total, element) => total + 1 + bytesOf(element), 3);
  if (value.M === undefined) return 1;
  return Object.entries(value.M).reduce(
    (total, [name, field]) => total + 1 + Buffer.byteLength(name) + bytesOf(field),
    3,
  );
}

function eventBytes(value: AttributeValue): number {
  if (value.L !== undefined) return value.L.reduce((total, element) => total + eventBytes(element), 0);
  return Object.entries(value.M ?? {}).reduce(
    (total, [name, field]) => total + (name === 'event' ? bytesOf(field) : eventBytes(field)),
    0,
  );
}
