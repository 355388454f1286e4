/** The least number of vendor calls for a signup. Nothing can do less: an account that nobody asks for is not made. */
export const vendorCallsFloor = 1;

/**
 * The least number of AWS calls for a signup, both functions and the queue's poller. Nothing can do less and promise as much: `send` stores it before
 * the 202, `calling` is on record before the vendor is called, or a crash would call twice, `done` is on record before it is told, or it could be told
 * in two ways, and `publish` tells it. Receive and delete are shared by a batch.
 */
export const awsCallsFloor = (batchSize: number): number => 1 + 1 + 1 + 1 + 2 / batchSize;
