import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';

/** What functions are allowed, written by hand: CDK's grants give more than is used. */

export const sendTo = (queues: readonly Queue[]): PolicyStatement =>
  new PolicyStatement({
    sid: 'SendSignups',
    actions: ['sqs:SendMessage'],
    resources: queues.map(({ queueArn }) => queueArn),
  });

/** The last three are for Lambda's poller, which works under the function's role. */
export const workOn = (queue: Queue): PolicyStatement =>
  new PolicyStatement({
    sid: 'WorkOnSignups',
    actions: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
    resources: [queue.queueArn],
  });

/** A sender's data key is made and read back by SQS and SNS in the sender's name. */
export const encryptAndDecrypt = (key: Key): PolicyStatement =>
  new PolicyStatement({ sid: 'UseKey', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [key.keyArn] });

export const decrypt = (key: Key): PolicyStatement =>
  new PolicyStatement({ sid: 'UseKey', actions: ['kms:Decrypt'], resources: [key.keyArn] });

export const readSecrets = (secrets: readonly Secret[]): PolicyStatement =>
  new PolicyStatement({
    sid: 'ReadSecrets',
    actions: ['secretsmanager:GetSecretValue'],
    resources: secrets.map(({ secretArn }) => secretArn),
  });

export const publishTo = (topic: Topic): PolicyStatement =>
  new PolicyStatement({ sid: 'TellResults', actions: ['sns:Publish'], resources: [topic.topicArn] });

/** One destination's items only: their keys begin with its id. */
export const keepLedgerOf = (destination: string, table: Table): PolicyStatement =>
  new PolicyStatement({
    sid: 'KeepItsLedger',
    actions: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
    resources: [table.tableArn],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${destination}#*`] } },
  });

export const readLedger = (table: Table): PolicyStatement =>
  new PolicyStatement({ sid: 'ReadLedger', actions: ['dynamodb:GetItem'], resources: [table.tableArn] });
