import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import learnerHasAnAccount from '../contract/filters/learner-has-an-account.json' with { type: 'json' };
import type { MailerConfig } from './mailer-config.ts';

/**
 * Subscribes the queue: the queue's owner does it, so nothing needs to be confirmed, and the topic's account has only to name this one among
 * its `subscribers`. What SNS can't deliver goes to the dead letter queue.
 */
export function subscribe(
  scope: Construct,
  { topic, topicRegion, destinations }: MailerConfig,
  queue: Queue,
  deadLetters: Queue,
): void {
  for (const each of [queue, deadLetters])
    each.addToResourcePolicy(
      new PolicyStatement({
        sid: 'ResultsOfThisTopic',
        principals: [new ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [each.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': topic } },
      }),
    );
  const subscription = new CfnSubscription(scope, 'Subscription', {
    topicArn: topic,
    region: topicRegion,
    protocol: 'sqs',
    endpoint: queue.queueArn,
    rawMessageDelivery: true,
    filterPolicy: mailFilter(destinations),
    redrivePolicy: { deadLetterTargetArn: deadLetters.queueArn },
  });
  // SNS checks nothing when it subscribes, and would deliver into a closed door.
  subscription.node.addDependency(queue, deadLetters);
}

/** The SNS filter policy of a mailer for these destinations, or for all. */
export const mailFilter = (destinations: readonly string[] | undefined) => ({
  ...learnerHasAnAccount,
  ...(destinations !== undefined && { destination: [...destinations] }),
});
