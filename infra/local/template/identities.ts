import { secretArn } from '../secrets-manager/secret-arn.ts';
import { account, arn, type World } from './world.ts';

/** What other resources see of a resource: `Ref` and `Fn::GetAtt`. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Any other attribute: made up, for types that the local stack does not run. */
  readonly otherwise?: string;
}

type Identify = (name: string, world: World) => Identity;

/** The property that names a resource of each type, and its identity. Types that the local stack does not run have made-up ARNs. */
const types: Readonly<Record<string, { readonly name: string; readonly identify: Identify }>> = {
  'AWS::SQS::Queue': {
    name: 'QueueName',
    identify: (name, world) => {
      const url = `${world.sqs}/${account}/${name}`;
      return { ref: url, attributes: { Arn: arn(world, 'sqs', name), QueueName: name, QueueUrl: url } };
    },
  },
  'AWS::SNS::Topic': {
    name: 'TopicName',
    identify: (name, world) => {
      const topicArn = arn(world, 'sns', name);
      return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
    },
  },
  'AWS::DynamoDB::Table': {
    name: 'TableName',
    identify: (name, world) => ({ ref: name, attributes: { Arn: arn(world, 'dynamodb', `table/${name}`) } }),
  },
  'AWS::SecretsManager::Secret': {
    name: 'Name',
    identify: (name, world) => {
      const secretArn = secretArnOf(name, world);
      return { ref: secretArn, attributes: { Id: secretArn } };
    },
  },
  'AWS::Lambda::Function': {
    name: 'FunctionName',
    identify: (name, world) => ({ ref: name, attributes: { Arn: arn(world, 'lambda', `function:${name}`) } }),
  },
  'AWS::IAM::Role': {
    name: 'RoleName',
    identify: (name) => ({ ref: name, attributes: { Arn: `arn:aws:iam::${account}:role/${name}`, RoleId: name } }),
  },
  'AWS::ApiGatewayV2::Api': {
    name: 'Name',
    identify: (name, world) => ({ ref: name, attributes: { ApiId: name, ApiEndpoint: world.api } }),
  },
  'AWS::KMS::Key': {
    name: 'KeyId',
    identify: (name, world) => ({ ref: name, attributes: { Arn: arn(world, 'kms', `key/${name}`), KeyId: name } }),
  },
  'AWS::Logs::LogGroup': {
    name: 'LogGroupName',
    identify: (name, world) => ({ ref: name, attributes: { Arn: arn(world, 'logs', `log-group:${name}:*`) } }),
  },
  'AWS::CloudWatch::Alarm': {
    name: 'AlarmName',
    identify: (name, world) => ({ ref: name, attributes: { Arn: arn(world, 'cloudwatch', `alarm:${name}`) } }),
  },
};

/** A secret's ARN by its name. */
export const secretArnOf = (name: string, world: World): string => secretArn(name, world.region);

/** The property that names a resource of this type, if it has one that matters here. */
export const namingProperty = (type: string): string | undefined => types[type]?.name;

/**
 * A resource's identity.
 *
 * @param name the physical name; where the template gives none, `{stack}-{logical id}`
 */
export function identify(type: string, name: string, world: World): Identity {
  const known = types[type];
  if (known) return known.identify(name, world);
  const [, service = 'unknown', kind = 'resource'] = type.split('::');
  const made = arn(world, service.toLowerCase(), `${kind.toLowerCase()}/${name}`);
  return { ref: name, attributes: {}, otherwise: made };
}
