import { createHash } from 'node:crypto';
import type { PlannedFunction } from '../template/planned-function.ts';
import type { Endpoints } from './endpoints.ts';

/** The access key that a function's processes sign with: its own, so that a call tells who made it. */
export const accessKeyOf = (functionName: string): string =>
  `AKIA${createHash('sha256').update(functionName).digest('hex').slice(0, 16).toUpperCase()}`;

/**
 * The environment of a function's process: what Lambda sets ("Using Lambda environment variables"), what the template asks for,
 * and where AWS is on this machine. Nothing of the environment that the local stack itself was started in.
 */
export const functionEnvironment = (
  planned: PlannedFunction,
  runtimeApi: string,
  region: string,
  endpoints: Endpoints,
): Record<string, string> => ({
  ...planned.environment,
  AWS_LAMBDA_RUNTIME_API: runtimeApi,
  _HANDLER: planned.handler,
  LAMBDA_TASK_ROOT: planned.directory,
  LAMBDA_RUNTIME_DIR: '/var/runtime',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_FUNCTION_NAME: planned.name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(planned.memoryMb),
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${planned.name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  AWS_LAMBDA_LOG_FORMAT: planned.logFormat,
  ...(planned.logLevel === undefined ? {} : { AWS_LAMBDA_LOG_LEVEL: planned.logLevel }),
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: accessKeyOf(planned.name),
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: 'local',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_ENDPOINT_URL_SQS: endpoints.sqs,
  AWS_ENDPOINT_URL_SNS: endpoints.sns,
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsmanager,
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
});
