import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { CheckedConfig } from '../checks/checked-config.ts';
import { type AlarmRule, destinationRules, functionRules, sourceRules, statusRules } from './alarm-rules.ts';
import { logicalId, receiveSignupName, signupStatusName, stackName, workerName } from './names.ts';
import type { Urgency } from './topics.ts';

/** Every alarm of a stage. In dev without `alerts` they ring in the console only. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, config: CheckedConfig, topics: Readonly<Record<Urgency, Topic>> | null) {
    super(scope, id);
    for (const rule of rulesOf(config)) {
      const alarm = new Alarm(this, logicalId('Alarm', rule.name), {
        alarmName: `${stackName(config.stage)}-${rule.name}`,
        alarmDescription: `${rule.impact} What to do: infra/README.md#${rule.runbook}`,
        metric: rule.metric,
        threshold: rule.threshold,
        comparisonOperator: rule.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: rule.periods ?? 1,
        treatMissingData: rule.missing ?? TreatMissingData.NOT_BREACHING,
      });
      if (topics === null) continue;
      alarm.addAlarmAction(new SnsAction(topics[rule.urgency]));
      // Whoever was woken up wants to know that it is over.
      if (rule.urgency === 'page') alarm.addOkAction(new SnsAction(topics.page));
    }
  }
}

function rulesOf({ stage, sources, destinations }: CheckedConfig): AlarmRule[] {
  return [
    ...functionRules(
      receiveSignupName(stage),
      'receive-signup',
      'Senders get no 202; those that never retry lose signups.',
    ),
    ...functionRules(
      signupStatusName(stage),
      'signup-status',
      'Senders can’t see what became of signups; none is lost.',
    ),
    ...statusRules(stage),
    ...Object.entries(sources).flatMap(([source, { quietAfterMs, retired }]) =>
      retired ? [] : sourceRules(stage, source, quietAfterMs),
    ),
    ...Object.keys(destinations).flatMap((destination) => [
      ...destinationRules(stage, destination),
      ...functionRules(
        workerName(stage, destination),
        `provision-${destination}`,
        `Accounts at ${destination} come late; the signups wait in the queue.`,
      ),
    ]),
  ];
}
