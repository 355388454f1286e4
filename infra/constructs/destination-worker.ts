import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { TimeLimits } from '../../lambdas/provision-user/config.ts';
import type { CheckedDestination } from '../checks/checked-config.ts';
import { acknowledge } from './nag.ts';
import { workerName } from './names.ts';
import { encryptAndDecrypt, keepLedgerOf, publishTo, readSecrets, workOn } from './permissions.ts';
import { ServiceFunction } from './service-function.ts';
import type { State } from './state.ts';

export interface DestinationWorkerProps {
  readonly stage: string;
  readonly destination: string;
  readonly settings: CheckedDestination;
  readonly state: State;
  readonly folder: string;
  readonly timeLimits: TimeLimits;
}

/** One account on one platform: its own queue, worker, role and concurrency, so that its troubles stay its own. */
export class DestinationWorker extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: DestinationWorkerProps) {
    super(scope, id);
    const { stage, destination, settings, state } = props;
    const queues = state.queues[destination];
    const secret = state.destinationSecrets[destination];
    if (queues === undefined || secret === undefined) throw new Error(`${destination} has no queues`);
    const service = new ServiceFunction(this, 'Worker', {
      stage,
      functionName: workerName(stage, destination),
      description: `Makes accounts at ${destination} (${settings.platform})`,
      folder: props.folder,
      timeoutMs: props.timeLimits.functionTimeoutMs,
      memorySize: 512,
      environment: {
        TABLE_NAME: state.table.tableName,
        TOPIC_ARN: state.topic.topicArn,
        QUEUE_URL: queues.queue.queueUrl,
      },
      statements: [
        workOn(queues.queue),
        encryptAndDecrypt(state.key),
        readSecrets([secret, state.ledgerSecret]),
        keepLedgerOf(destination, state.table),
        publishTo(state.topic),
      ],
      removalPolicy: state.removalPolicy,
    });
    this.function = service.function;
    const mapping = service.function.addEventSourceMapping('Signups', {
      eventSourceArn: queues.queue.queueArn,
      batchSize: settings.batchSize,
      maxConcurrency: settings.maximumConcurrency,
      reportBatchItemFailures: true,
    });
    acknowledge(mapping, 'mappingDestination', 'It is for streams; here the queue has its dead letter queue.');
  }
}
