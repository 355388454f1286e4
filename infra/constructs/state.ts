import { CfnElement, Duration, RemovalPolicy, type Resource, SecretValue } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { TimeLimits } from '../../lambdas/provision-user/config.ts';
import type { CheckedConfig } from '../checks/checked-config.ts';
import { makeKey } from './key.ts';
import { acknowledge } from './nag.ts';
import * as names from './names.ts';

/** SQS keeps a message 14 days at most; a destination gives up after 13 at the latest. */
const retentionPeriod = Duration.days(14);

/** A backstop only: retries are bounded by `giveUpAfter`, in the ledger. */
const maxReceiveCount = 1000;

/** A destination's two queues. */
export interface DestinationQueues {
  readonly queue: Queue;
  readonly deadLetters: Queue;
}

/**
 * Everything that holds something: replacing one of these loses signups, events, or the key to what is kept. Hence one construct, logical
 * ids that no refactoring changes, and (outside dev) no deletion with the stack.
 */
export class State extends Construct {
  readonly key: Key;
  readonly table: Table;
  readonly topic: Topic;
  readonly queues: Readonly<Record<string, DestinationQueues>>;
  readonly sourceSecrets: Readonly<Record<string, Secret>>;
  readonly destinationSecrets: Readonly<Record<string, Secret>>;
  readonly statusSecret: Secret;
  readonly ledgerSecret: Secret;
  readonly removalPolicy: RemovalPolicy;

  constructor(scope: Construct, id: string, config: CheckedConfig, timeLimits: TimeLimits) {
    super(scope, id);
    const { stage } = config;
    this.removalPolicy = stage === 'dev' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
    this.key = fixed('Key', makeKey(this, stage, this.removalPolicy));
    this.table = this.#ledger(stage);
    this.topic = fixed(
      'Results',
      new Topic(this, 'Results', { topicName: names.topicName(stage), masterKey: this.key, enforceSSL: true }),
    );
    this.topic.applyRemovalPolicy(this.removalPolicy);
    const visibility = Duration.seconds(Math.ceil(timeLimits.visibilityMs / 1000));
    this.queues = mapKeys(config.destinations, (destination) => this.#queues(stage, destination, visibility));
    this.sourceSecrets = mapKeys(config.sources, (source) =>
      this.#emptySecret(
        names.logicalId('SourceSecret', source),
        names.sourceSecretName(stage, source),
        `Keys of the source ${source}: {"keys": ["..."]}`,
      ),
    );
    this.destinationSecrets = mapKeys(config.destinations, (destination) =>
      this.#emptySecret(
        names.logicalId('DestinationSecret', destination),
        names.destinationSecretName(stage, destination),
        `Credentials of the destination ${destination} at its vendor`,
      ),
    );
    for (const secret of Object.values(this.sourceSecrets))
      acknowledge(
        secret,
        'rotation',
        'The key is the sender’s too: it is rotated with the sender, two keys side by side.',
      );
    for (const secret of Object.values(this.destinationSecrets))
      acknowledge(secret, 'rotation', 'No vendor has a call that changes the credentials: a person rotates them.');
    this.statusSecret = this.#generatedSecret('StatusSecret', names.statusSecretName(stage), 'Signs status addresses');
    this.ledgerSecret = this.#generatedSecret(
      'LedgerSecret',
      names.ledgerSecretName(stage),
      'Opens what the ledger keeps; never rotate it',
    );
    acknowledge(this.statusSecret, 'rotation', 'It signs addresses that senders keep; a rotation would end them all.');
    acknowledge(
      this.ledgerSecret,
      'rotation',
      'It opens kept bodies and finds persons again; a rotation would lose both.',
    );
  }

  #ledger(stage: string): Table {
    const table = new Table(this, 'Ledger', {
      tableName: names.tableName(stage),
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expires',
      deletionProtection: stage !== 'dev',
      removalPolicy: this.removalPolicy,
    });
    // Open outcomes only: items without these two attributes are not in it.
    table.addGlobalSecondaryIndex({
      indexName: 'open',
      partitionKey: { name: 'openIn', type: AttributeType.STRING },
      sortKey: { name: 'openedAt', type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
    return fixed('Ledger', table);
  }

  #queues(stage: string, destination: string, visibilityTimeout: Duration): DestinationQueues {
    const common = {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: this.key,
      enforceSSL: true,
      retentionPeriod,
      removalPolicy: this.removalPolicy,
    };
    const deadLettersId = names.logicalId('DeadLetters', destination);
    const deadLetters = fixed(
      deadLettersId,
      new Queue(this, deadLettersId, { ...common, queueName: names.deadLetterQueueName(stage, destination) }),
    );
    acknowledge(deadLetters, 'deadLettersOfDeadLetters', 'It is the dead letter queue itself; an alarm watches it.');
    const queueId = names.logicalId('Queue', destination);
    const queue = fixed(
      queueId,
      new Queue(this, queueId, {
        ...common,
        queueName: names.queueName(stage, destination),
        visibilityTimeout,
        deadLetterQueue: { queue: deadLetters, maxReceiveCount },
      }),
    );
    return { queue, deadLetters };
  }

  /** Empty, not invented: a random value would look like a filled secret, and be tried at the vendor. */
  #emptySecret(id: string, secretName: string, description: string): Secret {
    const secretStringValue = SecretValue.unsafePlainText('{}');
    return fixed(
      id,
      new Secret(this, id, { secretName, description, secretStringValue, removalPolicy: this.removalPolicy }),
    );
  }

  #generatedSecret(id: string, secretName: string, description: string): Secret {
    const generateSecretString = {
      secretStringTemplate: '{}',
      generateStringKey: 'key',
      excludePunctuation: true,
      passwordLength: 64,
    };
    return fixed(
      id,
      new Secret(this, id, { secretName, description, generateSecretString, removalPolicy: this.removalPolicy }),
    );
  }
}

function fixed<R extends Resource>(logicalId: string, resource: R): R {
  const child = resource.node.defaultChild;
  if (!(child instanceof CfnElement)) throw new Error(`${logicalId} has no CloudFormation resource of its own`);
  child.overrideLogicalId(logicalId);
  return resource;
}

const mapKeys = <Out>(all: Readonly<Record<string, unknown>>, make: (id: string) => Out): Record<string, Out> =>
  Object.fromEntries(Object.keys(all).map((id) => [id, make(id)]));
