import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { alertTopicName } from '../../constructs/names.ts';
import type { OperatedStage } from '../operate/operated-stage.ts';
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
    return judgeSubscription(urgency, alerts[urgency], of?.SubscriptionArn);
  });
  return Promise.all(findings);
}

/** @param subscriptionArn `PendingConfirmation` until the mail's link was followed */
export function judgeSubscription(urgency: string, contact: string, subscriptionArn: string | undefined): Finding {
  const about = `alerts.${urgency}`;
  if (subscriptionArn === undefined) return wrong(about, `${contact} is not subscribed: deploy again`);
  if (!subscriptionArn.startsWith('arn:'))
    return wrong(
      about,
      `${contact} has not confirmed: the link is in the mail of "AWS Notifications"; without it nobody hears an alarm`,
    );
  return ok(about, `${contact} is told`);
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
