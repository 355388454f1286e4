import { paginateListQueues, type SQSClient } from '@aws-sdk/client-sqs';
import { deadLetterQueueName, queueName } from '../../constructs/names.ts';
import { mailerName } from '../../welcome-mailer/mailer-stack.ts';

/**
 * The destinations of which a stage has queues: outside dev they outlive the stack, so that nothing in them is lost.
 *
 * @param stages every stage there is: one's name may begin with another's
 */
export async function deployedDestinations(
  sqs: SQSClient,
  stage: string,
  stages: readonly string[],
): Promise<readonly string[]> {
  const prefix = queueName(stage, '');
  const longer = stages.filter((other) => other.startsWith(`${stage}-`)).map((other) => queueName(other, ''));
  const names = new Set<string>();
  for await (const { QueueUrls = [] } of paginateListQueues({ client: sqs }, { QueueNamePrefix: prefix }))
    for (const url of QueueUrls) names.add(url.split('/').at(-1) ?? '');
  return (
    [...names]
      // The mailer's queue, if it is in the same account, is no destination's.
      .filter((name) => name !== mailerName(stage) && !longer.some((other) => name.startsWith(other)))
      .map((name) => name.slice(prefix.length))
      .filter((id) => names.has(queueName(stage, id)) && names.has(deadLetterQueueName(stage, id)))
      .sort()
  );
}
