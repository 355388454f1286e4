import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { fixed } from '../constructs/fixed.ts';
import { acknowledge } from '../constructs/nag.ts';

/** With a visibility timeout of three minutes, five hours in which SES may be down. */
const maxReceiveCount = 100;

export interface MailQueues {
  readonly queue: Queue;
  readonly deadLetters: Queue;
}

/** Encrypted by SQS's own key, which lets SNS in without a key policy, from whatever account. */
export function makeMailQueues(scope: Construct, name: string, functionTimeoutMs: number): MailQueues {
  const make = (id: string, queueName: string, props: QueueProps = {}) =>
    fixed(
      id,
      new Queue(scope, id, {
        queueName,
        encryption: QueueEncryption.SQS_MANAGED,
        enforceSSL: true,
        retentionPeriod: Duration.days(14),
        removalPolicy: RemovalPolicy.DESTROY,
        ...props,
      }),
    );
  const deadLetters = make('DeadLetters', `${name}-dlq`);
  acknowledge(deadLetters, 'deadLettersOfDeadLetters', 'It is the dead letter queue itself; an alarm watches it.');
  const queue = make('Queue', name, {
    visibilityTimeout: Duration.millis(6 * functionTimeoutMs),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount },
  });
  return { queue, deadLetters };
}
