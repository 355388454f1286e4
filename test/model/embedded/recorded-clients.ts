import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Environment } from '../environment.ts';
import type { History } from '../history.ts';

/** Real clients, behind which things go wrong. */

export function recordedTopic(sns: SNSClient, environment: Environment, history: History): SNSClient {
  const send = (command: unknown) => {
    if (!(command instanceof PublishCommand)) throw new Error('a worker only publishes');
    return environment.ask('publish', async () => {
      const answer = await sns.send(command);
      history.add({ kind: 'published', text: command.input.Message ?? '' });
      return answer;
    });
  };
  return Object.create(SNSClient.prototype, { send: { value: send } });
}

export function recordedSecrets(client: SecretsManagerClient, environment: Environment): SecretsManagerClient {
  const send = (command: unknown) => {
    if (!(command instanceof GetSecretValueCommand)) throw new Error('a worker only reads secrets');
    return environment.ask('read secret', () => client.send(command));
  };
  return Object.create(SecretsManagerClient.prototype, { send: { value: send } });
}

export function recordedQueue(sqs: SQSClient, environment: Environment): SQSClient {
  const send = (command: unknown) => {
    if (!(command instanceof ChangeMessageVisibilityCommand)) throw new Error('a worker only changes visibility');
    return environment.ask('change visibility', () => sqs.send(command));
  };
  return Object.create(SQSClient.prototype, { send: { value: send } });
}
