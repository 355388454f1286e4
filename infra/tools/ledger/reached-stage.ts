import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';

/** A stage's ledger and queues, in the cloud or on this machine, as tools reach them. */
export interface ReachedStage {
  /** For people: `prod`, or `the stack on this machine`. */
  readonly title: string;
  /** What a command line says of it after the tool's name: ` prod`, or nothing for this machine. */
  readonly word: string;
  /** The config's sources, and where each of them sends to. */
  readonly sources: Readonly<Record<string, readonly string[]>>;
  /** The config's destinations. */
  readonly destinations: readonly string[];
  readonly tableName: string;
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  /** @throws QueueDoesNotExist where the destination is not deployed */
  readonly queueUrl: (destination: string) => Promise<string>;
  /** The destination's dead letter queue. @throws QueueDoesNotExist where the destination is not deployed */
  readonly deadLetterQueueUrl: (destination: string) => Promise<string>;
}
