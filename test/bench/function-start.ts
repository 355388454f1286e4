import { join } from 'node:path';
import { runtimeFlags } from '../../infra/local/functions/runtime-flags.ts';
import type { StackDescription } from './stack-protocol.ts';

/** What Lambda would start one of a stack's functions with. */
export interface FunctionStart {
  /** The bundle. */
  readonly module: string;
  /** Node's. */
  readonly flags: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** @param name such as `receive-signup` or `provision-classroom` */
export function functionStart(name: string, stack: StackDescription): FunctionStart {
  const { endpoints, region, memoryMb } = stack;
  return {
    module: join(stack.assets, name, 'index.mjs'),
    flags: ['--expose-gc', ...runtimeFlags(memoryMb[name] ?? 0)],
    environment: {
      QUEUE_URLS: JSON.stringify(stack.queueUrls),
      QUEUE_URL: stack.queueUrls[name.replace('provision-', '')] ?? '',
      TABLE_NAME: stack.tableName,
      TOPIC_ARN: stack.topicArn,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: stack.accessKeys[name] ?? 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_SESSION_TOKEN: 'local',
      AWS_ENDPOINT_URL_SQS: endpoints.sqs,
      AWS_ENDPOINT_URL_SNS: endpoints.sns,
      AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsmanager,
    },
  };
}
