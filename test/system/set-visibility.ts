import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Academy } from './academy.ts';

/**
 * How soon messages come back whose worker died. A deployed queue has six function timeouts; a test that waits for crashes has not so long.
 *
 * @param seconds longer than a claim's lease
 */
export async function setVisibility(
  { clients, stack }: Pick<Academy, 'clients' | 'stack'>,
  seconds: number,
): Promise<void> {
  for (const QueueUrl of Object.values(stack.queueUrls))
    await clients.sqs.send(
      new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: `${seconds}` } }),
    );
}
