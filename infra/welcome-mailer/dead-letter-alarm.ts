import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { queueMetric } from '../constructs/metrics.ts';

/** @param alerts the ARN of the topic that is told; without one it rings in the console only */
export function alarmOnDeadLetters(
  scope: Construct,
  name: string,
  deadLetters: Queue,
  alerts: string | undefined,
): void {
  const alarm = new Alarm(scope, 'NotMailed', {
    alarmName: `${name}-not-mailed`,
    alarmDescription:
      'Learners have accounts and were not told how to log in. What to do: lambdas/welcome-mailer/README.md#mails-that-could-not-be-sent',
    metric: queueMetric(`${name}-dlq`, 'ApproximateNumberOfMessagesVisible'),
    threshold: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.node.addDependency(deadLetters);
  if (alerts !== undefined) alarm.addAlarmAction(new SnsAction(Topic.fromTopicArn(scope, 'Alerts', alerts)));
}
