import { Stack } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { CheckedConfig } from '../checks/checked-config.ts';
import { receiveSignupConfig } from '../function-configs.ts';
import { receiveSignupName, signupStatusName } from './names.ts';
import { decrypt, encryptAndDecrypt, readLedger, readSecrets, sendTo } from './permissions.ts';
import { ServiceFunction } from './service-function.ts';
import type { State } from './state.ts';

export interface ApiFunctionsProps {
  readonly config: CheckedConfig;
  readonly state: State;
  /** A function's asset folder, by the function's name. */
  readonly folderOf: (name: string) => string;
}

/** Below API Gateway's 30 seconds, and above what the functions' own limits on their AWS calls add up to. */
const timeoutMs = 25_000;

/** The functions behind the API: one takes signups in and reaches no table and no vendor, one tells what became of them. */
export class ApiFunctions extends Construct {
  readonly receiveSignup: LambdaFunction;
  readonly signupStatus: LambdaFunction;

  constructor(scope: Construct, id: string, { config, state, folderOf }: ApiFunctionsProps) {
    super(scope, id);
    const { stage } = config;
    const { sources } = receiveSignupConfig(config);
    const destinations = [...new Set(Object.values(sources).flatMap(({ to }) => to))].sort();
    const queues = destinations.flatMap((destination) => {
      const queue = state.queues[destination]?.queue;
      return queue === undefined ? [] : [{ destination, queue }];
    });
    const sourceSecrets = Object.keys(sources).flatMap((source) => state.sourceSecrets[source] ?? []);
    const urls = Object.fromEntries(queues.map(({ destination, queue }) => [destination, queue.queueUrl]));

    this.receiveSignup = new ServiceFunction(this, 'ReceiveSignup', {
      stage,
      functionName: receiveSignupName(stage),
      description: 'Verifies signup webhooks and stores them on queues',
      folder: folderOf('receive-signup'),
      timeoutMs,
      memorySize: 512,
      environment: { QUEUE_URLS: Stack.of(this).toJsonString(urls) },
      statements: [
        ...(queues.length === 0 ? [] : [sendTo(queues.map(({ queue }) => queue))]),
        encryptAndDecrypt(state.key),
        readSecrets([...sourceSecrets, state.statusSecret]),
      ],
      removalPolicy: state.removalPolicy,
      reservedConcurrentExecutions: config.ingestConcurrency,
    }).function;

    this.signupStatus = new ServiceFunction(this, 'SignupStatus', {
      stage,
      functionName: signupStatusName(stage),
      description: 'Tells what became of a signup',
      folder: folderOf('signup-status'),
      timeoutMs,
      memorySize: 256,
      environment: { TABLE_NAME: state.table.tableName },
      statements: [readLedger(state.table), decrypt(state.key), readSecrets([state.statusSecret])],
      removalPolicy: state.removalPolicy,
    }).function;
  }
}
