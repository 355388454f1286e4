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

/** From this address only, whether SES has verified the address or its domain. */
export const sendMailFrom = (scope: Construct, address: string): PolicyStatement =>
  new PolicyStatement({
    sid: 'SendMail',
    actions: ['ses:SendEmail'],
    resources: [address, address.slice(address.indexOf('@') + 1)].map((identity) =>
      Stack.of(scope).formatArn({ service: 'ses', resource: 'identity', resourceName: identity }),
    ),
    conditions: { StringEquals: { 'ses:FromAddress': address } },
  });
