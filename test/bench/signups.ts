import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, SQSEvent } from 'aws-lambda';
import { httpEvent } from '../../infra/local/http-api/http-event.ts';
import { signWebhook } from '../../infra/tools/sign-webhook.ts';
import { signupIdOf } from '../../lambdas/signups/signup-id.ts';
import { writeMessage } from '../../lambdas/signups/write-message.ts';

/** The one source of every bench. */
export const source = 'shop';

/** A payload as many senders have it, of some 300 bytes. @param email nobody has twice */
const payloadOf = (email: string): Buffer =>
  Buffer.from(
    JSON.stringify({
      type: 'signup.created',
      timestamp: new Date().toISOString(),
      data: {
        id: email,
        email,
        first_name: 'Ada',
        last_name: 'Lovelace',
        phone: '+44 20 7946 0018',
        locale: 'en',
        tags: ['analysis-101'],
      },
    }),
  );

export interface Webhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A webhook as a sender by Standard Webhooks signs it. */
export function webhookFor(email: string, key: string): Webhook {
  const body = payloadOf(email);
  const verify = { scheme: 'standard-webhooks' } as const;
  const { headers } = signWebhook({ verify, key, body, now: Date.now(), id: `msg_${email.split('@')[0]}` });
  return { headers: { ...headers, 'content-type': 'application/json' }, body };
}

/** The same as API Gateway hands it over. */
export const apiEvent = ({ headers, body }: Webhook): APIGatewayProxyEventV2 =>
  httpEvent(
    {
      method: 'POST',
      target: `/webhooks/${source}`,
      rawHeaders: ['host', 'bench.example', ...Object.entries(headers).flat()],
      body,
      protocol: 'HTTP/1.1',
      sourceIp: '203.0.113.7',
    },
    {
      routeKey: 'POST /webhooks/{source}',
      pathParameters: { source },
      requestId: randomUUID(),
      now: Date.now(),
    },
  );

/** A queue message as receive-signup writes it. */
export const messageFor = (email: string): string =>
  writeMessage({
    kind: 'delivery',
    signupId: signupIdOf(source, [email]),
    source,
    acceptedAt: new Date().toISOString(),
    body: payloadOf(email).toString('base64'),
  });

/** A batch as Lambda's poller hands it over. */
export const sqsEvent = (emails: readonly string[]): SQSEvent => ({
  Records: emails.map((email) => ({
    messageId: randomUUID(),
    receiptHandle: email,
    body: messageFor(email),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(Date.now()),
      SenderId: 'bench',
      ApproximateFirstReceiveTimestamp: String(Date.now()),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:bench',
    awsRegion: 'us-east-1',
  })),
});

/** So many addresses that nobody else has. */
export const peopleOf = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}@example.com`);
