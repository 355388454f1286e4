import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { fiveMinutes, functionMetric, ourMetric, queueMetric, refusedInARow } from './metrics.ts';
import { deadLetterQueueName, queueName } from './names.ts';
import type { Urgency } from './topics.ts';

/** One alarm: what rings it, whom it wakes, and what it means for people. */
export interface AlarmRule {
  readonly name: string;
  readonly urgency: Urgency;
  /** What is broken, for whom, in one sentence; whoever is paged reads it first. */
  readonly impact: string;
  /** The section of the runbook, `infra/README.md`, that says what to do. */
  readonly runbook: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** Rings at the threshold or above; a quiet source rings below. */
  readonly comparison?: ComparisonOperator;
  /** How many of the metric's latest periods count; 1, if absent. */
  readonly periods?: number;
  /** In how many of them the threshold must be met; in all, if absent. */
  readonly breaching?: number;
  /** What it means if there was nothing at all: nothing bad, if absent. Within what was told, an empty period is a 0, unless it is ignored. */
  readonly missing?: TreatMissingData;
  /** For how long a new alarm waits for a first value; it does not, if absent. */
  readonly warmUp?: Duration;
}

/** Longer than a few failed attempts at a busy vendor, and short enough to be mended the same day. */
const waitingTooLongSeconds = 3600;

/**
 * For what is told only when something is tried: rings at the first time, and on through the silence until the next. Without it one cause pages
 * again and again, and says "OK" in between. One period more, because metrics come late.
 *
 * @param pauseMs the longest time between two tries
 */
const untilTriedAgain = (pauseMs: number): Pick<AlarmRule, 'periods' | 'breaching'> => ({
  periods: Math.ceil(pauseMs / fiveMinutes.toMilliseconds()) + 1,
  breaching: 1,
});

/**
 * The three that notify of an outcome are not held ringing: an alarm that rings tells nothing new, and each of these signups is news.
 *
 * @param pauseMs the longest time between two attempts at a signup
 */
export const destinationRules = (stage: string, destination: string, pauseMs: number): AlarmRule[] => [
  {
    name: `${destination}-dead-letters`,
    urgency: 'page',
    impact: `Signups for ${destination} could not even be looked at; these learners get no account, and nobody else is told.`,
    runbook: 'messages-in-the-dead-letter-queue',
    metric: queueMetric(deadLetterQueueName(stage, destination), 'ApproximateNumberOfMessagesVisible'),
    threshold: 1,
  },
  {
    name: `${destination}-breaker-open`,
    urgency: 'page',
    impact: `${destination} refuses our credentials: no learner gets an account there until the secret is right. Signups wait; none is lost.`,
    runbook: 'credentials-refused',
    // The first accepted login ends it, also in the period in which the last one was refused: the alarm would hear no other 0 for long.
    metric: ourMetric(stage, 'BreakerOpen', { destination }, 'Minimum'),
    threshold: 1,
    // It is told when it opens and when it closes; in between nothing changes.
    missing: TreatMissingData.IGNORE,
  },
  {
    name: `${destination}-waiting`,
    urgency: 'page',
    impact: `Signups for ${destination} have been waiting for over an hour; these learners have no account yet. None is lost.`,
    runbook: 'vendor-down',
    metric: ourMetric(stage, 'WaitingSeconds', { destination }, 'Maximum'),
    threshold: waitingTooLongSeconds,
    ...untilTriedAgain(pauseMs),
  },
  {
    name: `${destination}-not-taken`,
    urgency: 'page',
    impact: `Signups for ${destination} have been in the queue for over an hour and no worker takes them; these learners have no account yet. None is lost.`,
    runbook: 'signups-that-no-worker-takes',
    // Workers tell of what they return, and of nothing else. SQS leaves out what was received three times: until then, two pauses are no neglect.
    metric: queueMetric(queueName(stage, destination), 'ApproximateAgeOfOldestMessage'),
    threshold: Math.max(waitingTooLongSeconds, (2 * pauseMs) / 1000),
  },
  {
    name: `${destination}-rejected`,
    urgency: 'notify',
    impact: `A signup for ${destination} was rejected: by the mapping, or by the vendor for good. This learner gets no account until somebody mends it.`,
    runbook: 'wrong-mapping-and-redrive',
    metric: ourMetric(stage, 'Rejected', { destination }, 'Sum'),
    threshold: 1,
  },
  {
    name: `${destination}-failed`,
    urgency: 'notify',
    impact: `A signup for ${destination} was given up after its time; this learner gets no account until it is run again.`,
    runbook: 'wrong-mapping-and-redrive',
    metric: ourMetric(stage, 'Failed', { destination }, 'Sum'),
    threshold: 1,
  },
  {
    name: `${destination}-unknown`,
    urgency: 'notify',
    impact: `A learner may or may not have an account at ${destination}: the vendor's reply was lost and nobody can ask. A person must look.`,
    runbook: 'unknown-outcomes',
    metric: ourMetric(stage, 'Unknown', { destination }, 'Sum'),
    threshold: 1,
  },
];

/** @param pauseMs how long it takes until what failed comes again */
export const functionRules = (functionName: string, label: string, impact: string, pauseMs: number): AlarmRule[] => [
  {
    name: `${label}-errors`,
    urgency: 'page',
    impact: `${label} ends with errors. ${impact}`,
    runbook: 'function-errors-and-throttles',
    metric: functionMetric(functionName, 'Errors', 'Sum'),
    threshold: 1,
    ...untilTriedAgain(pauseMs),
  },
  {
    name: `${label}-throttles`,
    urgency: 'page',
    impact: `${label} is not started as often as it is needed: the account's concurrency is used up. ${impact}`,
    runbook: 'function-errors-and-throttles',
    metric: functionMetric(functionName, 'Throttles', 'Sum'),
    threshold: 1,
    ...untilTriedAgain(pauseMs),
  },
];

export const statusRules = (stage: string): AlarmRule[] => [
  {
    name: 'status-not-told',
    urgency: 'notify',
    impact:
      'Senders were answered 503 when they asked what became of a signup, because the ledger or the key of the status can’t be read; no signup is lost.',
    runbook: 'function-errors-and-throttles',
    metric: ourMetric(stage, 'StatusNotTold', {}, 'Sum'),
    threshold: 1,
  },
];

/** @param pauseMs how long it takes until what failed comes again */
export const sourceRules = (
  stage: string,
  source: string,
  quietAfterMs: number | undefined,
  pauseMs: number,
): AlarmRule[] => [
  {
    name: `${source}-not-stored`,
    urgency: 'page',
    impact: `Signups from ${source} were answered 503, because no queue took them; a sender that never retries has lost them.`,
    runbook: 'hook-disabled-at-the-sender',
    metric: ourMetric(stage, 'NotStored', { source }, 'Sum'),
    threshold: 1,
    ...untilTriedAgain(pauseMs),
  },
  {
    name: `${source}-signatures-refused`,
    urgency: 'notify',
    impact: `${source} has its signatures refused, and none accepted: either its key is not ours, and it is about to disable its hook, or somebody is trying.`,
    runbook: 'signatures-refused',
    metric: refusedInARow(stage, source),
    threshold: 3,
  },
  {
    name: `${source}-turned-away`,
    urgency: 'notify',
    impact: `A delivery from ${source} was too large, or neither JSON nor a form by its type, and was not stored: if it was a signup, this learner gets no account.`,
    runbook: 'deliveries-turned-away',
    metric: ourMetric(stage, 'TurnedAway', { source }, 'Sum'),
    threshold: 1,
  },
  ...(quietAfterMs === undefined ? [] : [quietRule(stage, source, quietAfterMs)]),
];

/** CloudWatch lets no alarm wait longer ("Alarm warm-up periods"). */
const longestWarmUpHours = 48;

function quietRule(stage: string, source: string, quietAfterMs: number): AlarmRule {
  const hours = Math.ceil(quietAfterMs / Duration.hours(1).toMilliseconds());
  return {
    name: `${source}-quiet`,
    urgency: 'notify',
    impact: `${source} has sent no signup for ${hours} hours: its hook may be disabled, and learners may be waiting.`,
    runbook: 'hook-disabled-at-the-sender',
    metric: ourMetric(stage, 'Accepted', { source }, 'Sum', Duration.hours(1)),
    threshold: 1,
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    periods: hours,
    // A source that was never heard has told nothing at all.
    missing: TreatMissingData.BREACHING,
    // It would ring at once for a source that is new, while nobody has confirmed to be told, and never again for one whose hook has never worked.
    warmUp: Duration.hours(Math.min(hours, longestWarmUpHours)),
  };
}
