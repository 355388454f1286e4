import { secretArnOf } from '../template/identities.ts';
import { arn, type World } from '../template/world.ts';
import type { AccessRequest } from './access-request.ts';
import type { AwsCall } from './aws-call.ts';
import type { CalledResources } from './called-resources.ts';
import { tableRequests } from './table-requests.ts';

/** Operations on many at once are allowed with the permission for one ("Actions, resources, and condition keys for Amazon SQS", and SNS). */
const permissionOfBatch: Readonly<Record<string, string>> = {
  SendMessageBatch: 'SendMessage',
  DeleteMessageBatch: 'DeleteMessage',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
  PublishBatch: 'Publish',
};

/** What a service does with the key in the caller's name ("Key management" of SQS and SNS; DynamoDB, "Encryption at rest"). */
const keyUses: Readonly<Record<string, readonly string[]>> = {
  'sqs:SendMessage': ['kms:GenerateDataKey', 'kms:Decrypt'],
  'sqs:ReceiveMessage': ['kms:Decrypt'],
  'sns:Publish': ['kms:GenerateDataKey', 'kms:Decrypt'],
  'dynamodb:GetItem': ['kms:Decrypt'],
  'dynamodb:PutItem': ['kms:Decrypt'],
  'dynamodb:UpdateItem': ['kms:Decrypt'],
  'dynamodb:DeleteItem': ['kms:Decrypt'],
  'dynamodb:Query': ['kms:Decrypt'],
  'dynamodb:Scan': ['kms:Decrypt'],
  'secretsmanager:GetSecretValue': ['kms:Decrypt'],
  'secretsmanager:PutSecretValue': ['kms:GenerateDataKey', 'kms:Decrypt'],
};

/** Everything that a call needs to be allowed: itself, and what the service does with the resource's key. `undefined` for a call that is not known here. */
export function requestsOf(call: AwsCall, resources: CalledResources): readonly AccessRequest[] | undefined {
  const own = call.service === 'dynamodb' ? tableRequests(call, resources) : [ownRequest(call, resources.world)];
  return own?.flatMap((request) => [request, ...keyRequests(request, resources)]);
}

function ownRequest({ service, operation, input }: AwsCall, world: World): AccessRequest {
  const action = `${service}:${permissionOfBatch[operation] ?? operation}`;
  const named = (...keys: string[]): string =>
    keys.map((key) => input[key]).find((value) => typeof value === 'string') ?? '';
  switch (service) {
    case 'sqs': {
      const name = named('QueueUrl', 'QueueName').split('/').at(-1) ?? '';
      return { action, resource: arn(world, 'sqs', name), context: {} };
    }
    case 'secretsmanager': {
      const id = named('SecretId', 'Name');
      return { action, resource: id.startsWith('arn:') ? id : secretArnOf(id, world), context: {} };
    }
    default:
      return { action, resource: named('TopicArn', 'TargetArn', 'ResourceArn'), context: {} };
  }
}

function keyRequests({ action, resource }: AccessRequest, { encryptedWith }: CalledResources): AccessRequest[] {
  const key = encryptedWith[resource.replace(/\/index\/.*$/, '')];
  if (key === undefined) return [];
  return (keyUses[action] ?? []).map((use) => ({ action: use, resource: key, context: {} }));
}
