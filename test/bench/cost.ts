import { prices } from './prices.ts';
import type { FunctionUse, SignupUsage } from './usage.ts';

/** Dollars for a million signups, by what they are paid for. */
export type Bill = Readonly<Record<string, number>>;

const million = 1_000_000;
const gigabyte = 1_000_000_000;

export const ourBill = (usage: SignupUsage): Bill => ({
  'HTTP API': prices.httpApiPerMillion,
  ...functionBill('receive-signup', usage.ingest),
  SQS: usage.sqsRequests * prices.sqsRequestsPerMillion,
  ...functionBill('provision-user', usage.worker),
  DynamoDB: (usage.units.callingUnits + usage.units.doneUnits) * prices.dynamoDbWriteUnitsPerMillion,
  SNS: usage.snsPublishes * prices.snsPublishesPerMillion,
  logs: logBill(usage.ingest.logBytes + usage.worker.logBytes),
});

export const peerBill = (use: FunctionUse): Bill => ({
  'HTTP API': prices.httpApiPerMillion,
  ...functionBill('the function', use),
  SNS: prices.snsPublishesPerMillion,
  logs: logBill(use.logBytes),
});

export const total = (bill: Bill): number => Object.values(bill).reduce((sum, dollars) => sum + dollars, 0);

const functionBill = (name: string, { invocations, billedMs, memoryMb }: FunctionUse): Bill => ({
  [`${name}: requests`]: invocations * prices.lambdaRequestsPerMillion,
  [`${name}: time`]: (billedMs / 1000) * (memoryMb / 1024) * million * prices.lambdaPerGigabyteSecond,
});

const logBill = (bytes: number): number => ((bytes * million) / gigabyte) * prices.logsPerGigabyte;
