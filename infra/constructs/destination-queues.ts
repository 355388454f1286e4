import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { fixed } from './fixed.ts';
import { acknowledge } from './nag.ts';
import { deadLetterQueueName, logicalId, queueName } from './names.ts';

/** SQS keeps a message 14 days at most; a destination gives up after 13 at the latest. */
const retentionPeriod = Duration.days(14);

/** A backstop only: retries are bounded by `giveUpAfter`, in the ledger. */
const maxReceiveCount = 1000;

/** A destination's two queues. */
export interface DestinationQueues {
  readonly queue: Queue;
  readonly deadLetters: Queue;
}

export interface DestinationQueuesProps {
  readonly stage: string;
  readonly destination: string;
  readonly key: Key;
  readonly visibilityTimeout: Duration;
  readonly removalPolicy: RemovalPolicy;
}

export function makeDestinationQueues(
  scope: Construct,
  { stage, destination, key, visibilityTimeout, removalPolicy }: DestinationQueuesProps,
): DestinationQueues {
  const make = (id: string, name: string, props: QueueProps) =>
    fixed(
      id,
      new Queue(scope, id, {
        queueName: name,
        encryption: QueueEncryption.KMS,
        encryptionMasterKey: key,
        enforceSSL: true,
        retentionPeriod,
        removalPolicy,
        ...props,
      }),
    );
  const deadLetters = make(logicalId('DeadLetters', destination), deadLetterQueueName(stage, destination), {});
  acknowledge(deadLetters, 'deadLettersOfDeadLetters', 'It is the dead letter queue itself; an alarm watches it.');
  const queue = make(logicalId('Queue', destination), queueName(stage, destination), {
    visibilityTimeout,
    deadLetterQueue: { queue: deadLetters, maxReceiveCount },
  });
  return { queue, deadLetters };
}
