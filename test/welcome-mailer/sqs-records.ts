import type { SQSEvent } from 'aws-lambda';
import { sqsRecord } from '../../infra/local/event-source/sqs-event.ts';

/** Messages as a function gets them; each one's id is its place in the batch. */
export const sqsRecords = (bodies: readonly string[]): SQSEvent => ({
  Records: bodies.map((Body, index) =>
    sqsRecord({ MessageId: String(index), Body }, 'arn:aws:sqs:eu-central-1:111122223333:mails'),
  ),
});
