import { Aws, type RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { type ITopicSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { CheckedConfig } from '../checks/checked-config.ts';
import { fixed } from './fixed.ts';
import { acknowledge } from './nag.ts';
import { alertTopicName, topicName } from './names.ts';

/** `page` wakes somebody up, `notify` waits for the morning. */
export type Urgency = 'page' | 'notify';

export interface TopicProps {
  readonly stage: string;
  readonly key: Key;
  readonly removalPolicy: RemovalPolicy;
}

export const makeResultsTopic = (scope: Construct, props: TopicProps): Topic =>
  make(scope, 'Results', topicName(props.stage), props);

/** `null` where the config names nobody (only dev may). */
export function makeAlertTopics(
  scope: Construct,
  alerts: CheckedConfig['alerts'],
  props: TopicProps,
): Readonly<Record<Urgency, Topic>> | null {
  if (alerts === null) return null;
  const page = make(scope, 'PageAlerts', alertTopicName(props.stage, 'page'), props);
  const notify = make(scope, 'NotifyAlerts', alertTopicName(props.stage, 'notify'), props);
  for (const topic of [page, notify]) {
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    acknowledge(
      topic,
      'subscriptionDeadLetters',
      'Nobody reads the dead letters of an e-mail; the alarm stays red in the console.',
    );
  }
  page.addSubscription(subscriptionOf(alerts.page));
  notify.addSubscription(subscriptionOf(alerts.notify));
  return { page, notify };
}

const subscriptionOf = (contact: string): ITopicSubscription =>
  contact.startsWith('https://') ? new UrlSubscription(contact) : new EmailSubscription(contact);

function make(scope: Construct, id: string, name: string, { key, removalPolicy }: TopicProps): Topic {
  const topic = fixed(id, new Topic(scope, id, { topicName: name, masterKey: key, enforceSSL: true }));
  topic.applyRemovalPolicy(removalPolicy);
  return topic;
}
