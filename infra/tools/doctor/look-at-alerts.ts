import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { alertTopicName } from '../../constructs/names.ts';
import type { OperatedStage } from '../operate/operated-stage.ts';
import { shellQuote } from '../start/shell-quote.ts';
import { type Finding, note, ok, wrong } from './finding.ts';

const urgencies = ['page', 'notify'] as const;

/** Whether somebody hears the alarms: a mail that was never confirmed is a pager that is off. */
export async function lookAtAlerts(stage: OperatedStage): Promise<Finding[]> {
  const { alerts, stage: name } = stage.config;
  if (alerts === null) return [note('alerts', 'the config names nobody: alarms ring in the console only')];
  if (stage.url !== undefined) return [note('alerts', 'on this machine nobody is told')];
  const prefix = await arnPrefix(stage);
  const findings = urgencies.map(async (urgency) => {
    const TopicArn = `${prefix}${alertTopicName(name, urgency)}`;
    const { Subscriptions = [] } = await stage.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    const of = Subscriptions.find(({ Endpoint }) => Endpoint === alerts[urgency]);
    return judgeSubscription(urgency, alerts[urgency], TopicArn, of?.SubscriptionArn);
  });
  return Promise.all(findings);
}

/**
 * @param topicArn whose subscriber the contact should be
 * @param subscriptionArn `PendingConfirmation` until the link that it was sent was followed; SNS drops what nobody confirmed within 48 hours
 */
export function judgeSubscription(
  urgency: string,
  contact: string,
  topicArn: string,
  subscriptionArn: string | undefined,
): Finding {
  const about = `alerts.${urgency}`;
  if (subscriptionArn === undefined || subscriptionArn === 'Deleted')
    return wrong(
      about,
      `${contact} is not subscribed. If the config was changed, deploy; otherwise nobody confirmed within 48 hours, and a deployment finds nothing to change: ${subscribeCommand(contact, topicArn)}`,
    );
  if (!subscriptionArn.startsWith('arn:'))
    return wrong(
      about,
      `${contact} has not confirmed: the link is in ${isAddress(contact) ? 'what SNS has posted there' : 'the mail of "AWS Notifications"'}, and good for 48 hours; without it nobody hears an alarm`,
    );
  return ok(about, `${contact} is told`);
}

const isAddress = (contact: string): boolean => contact.startsWith('https://');

function subscribeCommand(contact: string, topicArn: string): string {
  const protocol = isAddress(contact) ? 'https' : 'email';
  const [, , , region = ''] = topicArn.split(':');
  return `aws sns subscribe --topic-arn ${topicArn} --protocol ${protocol} --notification-endpoint ${shellQuote(contact)} --region ${region}`;
}

/** `arn:aws:sns:REGION:ACCOUNT:`, from a queue of the same stage. */
async function arnPrefix(stage: OperatedStage): Promise<string> {
  const QueueUrl = await stage.queueUrl(stage.destinations[0] ?? '');
  const { Attributes } = await stage.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const [arn, partition, , region, account] = (Attributes?.QueueArn ?? '').split(':');
  return `${[arn, partition, 'sns', region, account].join(':')}:`;
}
