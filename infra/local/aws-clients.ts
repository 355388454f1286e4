import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Endpoints } from './functions/endpoints.ts';

export interface AwsClients {
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly dynamodb: DynamoDBClient;
  readonly secretsManager: SecretsManagerClient;
  readonly destroy: () => void;
}

/**
 * AWS SDK clients for the services on this machine; they need no credentials of yours and use none.
 *
 * @param accessKeyId a function's own, to be allowed what its role is; any other is the owner's of this machine, who may do everything
 */
export function localAwsClients(endpoints: Endpoints, region: string, accessKeyId = 'local'): AwsClients {
  const common = { region, credentials: { accessKeyId, secretAccessKey: 'local' } };
  const clients = {
    sqs: new SQSClient({ ...common, endpoint: endpoints.sqs }),
    sns: new SNSClient({ ...common, endpoint: endpoints.sns }),
    dynamodb: new DynamoDBClient({ ...common, endpoint: endpoints.dynamodb }),
    secretsManager: new SecretsManagerClient({ ...common, endpoint: endpoints.secretsmanager }),
  };
  return {
    ...clients,
    destroy: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
