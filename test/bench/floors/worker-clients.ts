import { DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';

/** What no worker's start can do without: it writes the ledger, reads the vendor's secret, publishes events and gives messages back. */
export const clients = [new DynamoDBClient({}), new SecretsManagerClient({}), new SNSClient({}), new SQSClient({})];
export const commands = [
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  GetSecretValueCommand,
  PublishCommand,
  ChangeMessageVisibilityCommand,
];
