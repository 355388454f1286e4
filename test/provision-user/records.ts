import type { SQSRecord } from 'aws-lambda';
import { writeMessage } from '../../lambdas/signups/write-message.ts';
import { delivery, now } from './signup-items.ts';

/** A queue's record of a delivery; its body is the name. */
export function record(name: string, { receiveCount = 1, sentAt = now, body = '' } = {}): SQSRecord {
  const { message } = delivery();
  const text = writeMessage({ ...message, signupId: `shop.${name}`, body: Buffer.from(name).toString('base64') });
  return {
    messageId: name,
    receiptHandle: `receipt of ${name}`,
    body: body === '' ? text : body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(sentAt),
      SenderId: 'receive-signup',
      ApproximateFirstReceiveTimestamp: '10',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:queue',
    awsRegion: 'eu-central-1',
  };
}
