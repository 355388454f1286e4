import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { signupIdOf } from '../../lambdas/signups/signup-id.ts';
import { writeMessage } from '../../lambdas/signups/write-message.ts';
import type { Academy } from './academy.ts';

/** SQS takes ten messages a call. */
const perCall = 10;

/**
 * Puts signups on a destination's queue as receive-signup would, a whole crowd within a moment.
 *
 * @param source one with the preset `standard-webhooks`
 * @returns their ids, in the order of the addresses
 */
export async function enqueue(
  { clients, stack }: Pick<Academy, 'clients' | 'stack'>,
  source: string,
  destination: string,
  emails: readonly string[],
): Promise<readonly string[]> {
  const acceptedAt = new Date().toISOString();
  const sent = emails.map((email) => {
    const signupId = signupIdOf(source, [`msg_${destination}_${email}`]);
    const data = { email, first_name: 'Crowd', last_name: 'Learner', reference: email };
    const body = Buffer.from(JSON.stringify({ type: 'signup.created', timestamp: acceptedAt, data })).toString(
      'base64',
    );
    const message = { kind: 'delivery', signupId, source, acceptedAt, body } as const;
    return { signupId, text: writeMessage(message) };
  });
  for (let at = 0; at < sent.length; at += perCall)
    await clients.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: stack.queueUrls[destination],
        Entries: sent.slice(at, at + perCall).map(({ text }, index) => ({ Id: `${index}`, MessageBody: text })),
      }),
    );
  return sent.map(({ signupId }) => signupId);
}
