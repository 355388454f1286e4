import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/**
 * The floor of receive-signup's start. Nothing can do less and still be it: a source's key is in Secrets Manager, a signup goes to SQS, and these
 * are the clients for both, made once, with the two commands that are sent.
 */
export const clients = [new SecretsManagerClient({}), new SQSClient({})];
export const commands = [GetSecretValueCommand, SendMessageCommand];
