import { createHmac, timingSafeEqual } from 'node:crypto';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

const { SOURCE_KEY = '', QUEUE_URL = '' } = process.env;
const key = Buffer.from(SOURCE_KEY.replace('whsec_', ''), 'base64');
const requestHandler = { connectionTimeout: 1000, requestTimeout: 1500, throwOnRequestTimeout: true };
const queues = new SQSClient({ requestHandler, maxAttempts: 4 });

/**
 * The floor of taking a webhook in, once everything is warm. Nothing can do less: its bytes must be verified, or anybody gets in, and they must be
 * on the queue before the answer, or they can get lost. No parsing, no log, no metric, no identifier.
 */
export async function handler({ body = '', headers }: APIGatewayProxyEventV2): Promise<{ statusCode: number }> {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const signature = createHmac('sha256', key).update(signed).digest();
  const given = Buffer.from(headers['webhook-signature']?.replace('v1,', '') ?? '', 'base64');
  if (given.length !== signature.length || !timingSafeEqual(given, signature)) return { statusCode: 401 };
  await queues.send(new SendMessageCommand({ QueueUrl: QUEUE_URL, MessageBody: body }));
  return { statusCode: 202 };
}
