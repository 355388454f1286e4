import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SignupItem } from '../../../lambdas/signups/ledger.ts';
import type { SignupMessage } from '../../../lambdas/signups/message.ts';
import { writeMessage } from '../../../lambdas/signups/write-message.ts';
import { ToolError } from '../tool-error.ts';
import type { ReachedStage } from './reached-stage.ts';

/** What a person found at the vendor. */
export type Finding = 'exists' | 'absent';

/**
 * Sends an open outcome's kept body, still encrypted, to its destination once more, as its next run. Sent twice it is still one run.
 *
 * @param finding for an `unknown` outcome: what a person found
 * @throws ToolError where the ledger keeps no body of it
 */
export async function reopen(stage: ReachedStage, item: SignupItem, finding?: Finding): Promise<void> {
  const { signupId, source, acceptedAt, body, destination } = item;
  if (body === undefined || body === '')
    throw new ToolError(`The ledger keeps no body of ${signupId} at ${destination}: have its sender send it again.`);
  const common = { signupId, source, acceptedAt, run: item.run + 1, body };
  const message: SignupMessage =
    finding === undefined ? { kind: 'redrive', ...common } : { kind: 'resolve', ...common, verdict: finding };
  await stage.sqs.send(
    new SendMessageCommand({ QueueUrl: await stage.queueUrl(destination), MessageBody: writeMessage(message) }),
  );
}
