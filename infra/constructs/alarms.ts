import {
  Alarm,
  CfnAlarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { TimeLimits } from '../../lambdas/provision-user/config.ts';
import { longestPauseMs } from '../../lambdas/provision-user/patience.ts';
import type { CheckedConfig } from '../checks/checked-config.ts';
import { type AlarmRule, destinationRules, functionRules, sourceRules, statusRules } from './alarm-rules.ts';
import { filled } from './metrics.ts';
import { logicalId, receiveSignupName, signupStatusName, stackName, workerName } from './names.ts';
import type { Urgency } from './topics.ts';

export interface AlarmsProps {
  readonly config: CheckedConfig;
  readonly timeLimits: TimeLimits;
  readonly topics: Readonly<Record<Urgency, Topic>> | null;
}

/** Every alarm of a stage. In dev without `alerts` they ring in the console only. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { config, timeLimits, topics }: AlarmsProps) {
    super(scope, id);
    for (const rule of rulesOf(config, timeLimits)) {
      const alarm = new Alarm(this, logicalId('Alarm', rule.name), {
        alarmName: `${stackName(config.stage)}-${rule.name}`,
        alarmDescription: `${rule.impact} What to do: infra/README.md#${rule.runbook}`,
        metric: metricOf(rule),
        threshold: rule.threshold,
        comparisonOperator: rule.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: rule.periods ?? 1,
        ...(rule.breaching !== undefined && { datapointsToAlarm: rule.breaching }),
        treatMissingData: rule.missing ?? TreatMissingData.NOT_BREACHING,
      });
      const { defaultChild } = alarm.node;
      if (rule.warmUp !== undefined && defaultChild instanceof CfnAlarm)
        defaultChild.warmUpConfiguration = { warmUpPeriodDurationInMinutes: rule.warmUp.toMinutes() };
      if (topics === null) continue;
      alarm.addAlarmAction(new SnsAction(topics[rule.urgency]));
      // Whoever was woken up wants to know that it is over.
      if (rule.urgency === 'page') alarm.addOkAction(new SnsAction(topics.page));
    }
  }
}

/** An expression fills its own gaps; where an empty period changes nothing, they stay. */
const metricOf = ({ metric, missing }: AlarmRule): IMetric =>
  metric instanceof Metric && missing !== TreatMissingData.IGNORE ? filled(metric) : metric;

function rulesOf({ stage, sources, destinations }: CheckedConfig, timeLimits: TimeLimits): AlarmRule[] {
  // What a worker broke off comes again after the queue's visibility; senders, as a rule, try again no later.
  const pauseMs = timeLimits.visibilityMs + timeLimits.functionTimeoutMs;
  return [
    ...functionRules(
      receiveSignupName(stage),
      'receive-signup',
      'Senders get no 202; those that never retry lose signups.',
      pauseMs,
    ),
    ...functionRules(
      signupStatusName(stage),
      'signup-status',
      'Senders can’t see what became of signups; none is lost.',
      pauseMs,
    ),
    ...statusRules(stage),
    ...Object.entries(sources).flatMap(([source, { quietAfterMs, retired }]) =>
      retired ? [] : sourceRules(stage, source, quietAfterMs, pauseMs),
    ),
    ...Object.entries(destinations).flatMap(([destination, { giveUpAfterMs }]) => [
      // An attempt can also be broken off, and then that pause comes on top.
      ...destinationRules(stage, destination, longestPauseMs({ ...timeLimits, giveUpAfterMs }) + pauseMs),
      ...functionRules(
        workerName(stage, destination),
        `provision-${destination}`,
        `Accounts at ${destination} come late; the signups wait in the queue.`,
        pauseMs,
      ),
    ]),
  ];
}
