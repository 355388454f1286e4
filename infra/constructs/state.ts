import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { TimeLimits } from '../../lambdas/provision-user/config.ts';
import type { CheckedConfig } from '../checks/checked-config.ts';
import { mapValues } from '../checks/record.ts';
import { type DestinationQueues, makeDestinationQueues } from './destination-queues.ts';
import { fixed } from './fixed.ts';
import { makeKey } from './key.ts';
import { makeLedgerTable } from './ledger-table.ts';
import { makeDestinationSecret, makeLedgerSecret, makeSourceSecret, makeStatusSecret } from './secrets.ts';
import { makeAlertTopics, makeResultsTopic, type Urgency } from './topics.ts';

/**
 * Everything that holds something: replacing one of these loses signups, events, subscriptions, or the key to what is kept. Hence one
 * construct, logical ids that no refactoring changes, and (outside dev) no deletion with the stack. Only a deployment that fails takes away what
 * it has just made: there is nothing in it, and its name would be in the way of the next.
 */
export class State extends Construct {
  readonly key: Key;
  readonly table: Table;
  readonly topic: Topic;
  readonly alertTopics: Readonly<Record<Urgency, Topic>> | null;
  readonly queues: Readonly<Record<string, DestinationQueues>>;
  readonly sourceSecrets: Readonly<Record<string, Secret>>;
  readonly destinationSecrets: Readonly<Record<string, Secret>>;
  readonly statusSecret: Secret;
  readonly ledgerSecret: Secret;
  readonly removalPolicy: RemovalPolicy;

  constructor(scope: Construct, id: string, config: CheckedConfig, timeLimits: TimeLimits) {
    super(scope, id);
    const { stage, sources, destinations, alerts } = config;
    const removalPolicy = stage === 'dev' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
    const key = fixed('Key', makeKey(this, stage, removalPolicy));
    const visibilityTimeout = Duration.seconds(Math.ceil(timeLimits.visibilityMs / 1000));
    const secretPlace = { scope: this, stage, removalPolicy };

    this.removalPolicy = removalPolicy;
    this.key = key;
    this.table = makeLedgerTable(this, stage, key, removalPolicy);
    this.topic = makeResultsTopic(this, { stage, key, removalPolicy });
    this.alertTopics = makeAlertTopics(this, alerts, { stage, key, removalPolicy });
    this.queues = mapValues(destinations, (_, destination) =>
      makeDestinationQueues(this, { stage, destination, key, visibilityTimeout, removalPolicy }),
    );
    this.sourceSecrets = mapValues(sources, (_, source) => makeSourceSecret(secretPlace, source));
    this.destinationSecrets = mapValues(destinations, (_, name) => makeDestinationSecret(secretPlace, name));
    this.statusSecret = makeStatusSecret(secretPlace);
    this.ledgerSecret = makeLedgerSecret(secretPlace);
  }
}
