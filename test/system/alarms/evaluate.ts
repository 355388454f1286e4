import type { TemplateAlarm } from './alarm.ts';
import type { Datapoint } from './datapoints.ts';

export type AlarmState = 'OK' | 'ALARM';

/** The only expression that an alarm of ours uses: refused signatures, where none was accepted. */
const refusedInARow = 'IF(FILL(accepted, 0) > 0, 0, FILL(refused, 0))';

/**
 * An alarm's state at a time, from what was measured before ("Using Amazon CloudWatch alarms", evaluation and missing data).
 *
 * @param before its state until then, which missing data may leave as it is
 */
export function stateOf(
  alarm: TemplateAlarm,
  points: readonly Datapoint[],
  now: number,
  before: AlarmState = 'OK',
): AlarmState {
  const { EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods, TreatMissingData } = alarm.condition;
  const values = Array.from({ length: EvaluationPeriods }, (_, index) => {
    const end = now - index * alarm.periodSeconds * 1000;
    return valueIn(alarm, points, end - alarm.periodSeconds * 1000, end);
  });
  const present = values.filter((value) => value !== undefined);
  if (present.length === 0 && TreatMissingData === 'ignore') return before;
  const breaches = values.map((value) =>
    value === undefined ? TreatMissingData === 'breaching' : isBreach(alarm, value),
  );
  return breaches.filter(Boolean).length >= DatapointsToAlarm ? 'ALARM' : 'OK';
}

const isBreach = ({ condition }: TemplateAlarm, value: number): boolean =>
  condition.ComparisonOperator === 'LessThanThreshold' ? value < condition.Threshold : value >= condition.Threshold;

/** The alarm's value for one period; undefined where there is none. */
function valueIn(alarm: TemplateAlarm, points: readonly Datapoint[], from: number, to: number): number | undefined {
  const read = (id: string): number | undefined => {
    const wanted = alarm.reads[id];
    if (wanted === undefined) throw new Error(`${alarm.name} reads no ${id}`);
    const values = points
      .filter(({ metric, at }) => at > from && at <= to && isSame(metric, wanted.metric))
      .map(({ value }) => value);
    if (values.length === 0) return undefined;
    switch (wanted.statistic) {
      case 'Sum':
        return values.reduce((sum, value) => sum + value, 0);
      case 'Maximum':
        return Math.max(...values);
      case 'Minimum':
        return Math.min(...values);
    }
  };
  if (alarm.expression === 'value') return read('value');
  if (alarm.expression !== refusedInARow) throw new Error(`${alarm.name}: ${alarm.expression} is not known here`);
  const [accepted, refused] = [read('accepted'), read('refused')];
  // FILL invents no period in which neither was measured.
  if (accepted === undefined && refused === undefined) return undefined;
  return (accepted ?? 0) > 0 ? 0 : (refused ?? 0);
}

const isSame = (one: Datapoint['metric'], other: Datapoint['metric']): boolean =>
  one.namespace === other.namespace &&
  one.name === other.name &&
  JSON.stringify(Object.entries(one.dimensions).sort()) === JSON.stringify(Object.entries(other.dimensions).sort());
