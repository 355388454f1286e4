/**
 * List prices in US dollars, us-east-1, as this project's notes of November 2026 have them; nobody has looked them up since. Change them here.
 * Not in here, because they do not grow with the signups: secrets ($0.40 a month each), the key ($1 a month), metrics and alarms.
 */
export const prices = {
  asOf: '2026-11',
  httpApiPerMillion: 1.0,
  lambdaRequestsPerMillion: 0.2,
  /** arm64. */
  lambdaPerGigabyteSecond: 0.0000133334,
  sqsRequestsPerMillion: 0.4,
  dynamoDbWriteUnitsPerMillion: 0.625,
  snsPublishesPerMillion: 0.5,
  logsPerGigabyte: 0.5,
} as const;
