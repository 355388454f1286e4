import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** For Lambda's poller, which works under the function's role. */
export const consume = (queue: Queue): PolicyStatement =>
  new PolicyStatement({
    sid: 'ReadEvents',
    actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
    resources: [queue.queueArn],
  });

/** One secret of this account by its name; Secrets Manager puts six characters behind it. */
export const readRecipientSecret = (scope: Construct, name: string): PolicyStatement =>
  new PolicyStatement({
    sid: 'ReadPrivateKeys',
    actions: ['secretsmanager:GetSecretValue'],
    resources: [
      Stack.of(scope).formatArn({
        service: 'secretsmanager',
        resource: 'secret',
        resourceName: `${name}-??????`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    ],
  });

export const rememberMails = (table: Table): PolicyStatement =>
  new PolicyStatement({
    sid: 'RememberMails',
    actions: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
    resources: [table.tableArn],
  });

/**
 * From this address only, whether SES has verified the address or its domain.
 *
 * @param configurationSet the identity's default one, if it has one: SES uses it unasked, and asks for the permission on it too
 */
export const sendMailFrom = (
  scope: Construct,
  address: string,
  configurationSet: string | undefined,
): PolicyStatement => {
  const arn = (resource: string, resourceName: string) =>
    Stack.of(scope).formatArn({ service: 'ses', resource, resourceName });
  return new PolicyStatement({
    sid: 'SendMail',
    actions: ['ses:SendEmail'],
    resources: [
      arn('identity', address),
      arn('identity', address.slice(address.indexOf('@') + 1)),
      ...(configurationSet === undefined ? [] : [arn('configuration-set', configurationSet)]),
    ],
    conditions: { StringEquals: { 'ses:FromAddress': address } },
  });
};
