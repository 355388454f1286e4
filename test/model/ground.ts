import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { LedgerItem } from '../../lambdas/signups/ledger.ts';
import type { Environment } from './environment.ts';
import type { FaultPlan } from './faults.ts';
import type { History } from './history.ts';
import type { Started } from './poller.ts';
import type { Time } from './time.ts';

/** The clients that a worker is put together from, and what they are asked about. */
export interface WorkerClients {
  readonly dynamodb: DynamoDBClient;
  readonly table: string;
  readonly sns: SNSClient;
  readonly topicArn: string;
  readonly secretsManager: SecretsManagerClient;
  readonly sqs: SQSClient;
  readonly queueUrl: string;
}

/** What a world stands on: services in virtual time, or the ones that run on this machine. */
export interface Ground {
  readonly time: Time;
  readonly history: History;
  readonly clientsFor: (environment: Environment) => WorkerClients;
  readonly queue: {
    readonly send: (text: string) => void;
    /** Messages that have not been acknowledged. */
    readonly waiting: () => number;
  };
  readonly ledger: { readonly items: () => LedgerItem[]; readonly text: () => string };
  /** @returns the new version's id */
  readonly putSecret: (id: string, value: unknown) => string;
  /** One concurrent worker of the queue's event source mapping. */
  readonly startPoller: (plan: FaultPlan, batchSize: number, coldStart: () => Started) => void;
}
