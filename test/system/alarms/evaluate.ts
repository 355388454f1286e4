import type { TemplateAlarm } from './alarm.ts';
import type { Datapoint } from './datapoints.ts';

export type AlarmState = 'OK' | 'ALARM';

/** How many periods CloudWatch looks back beyond those that it was told; it says that there are some, and in its example there are two. */
const furtherBack = 2;

/**
 * An alarm's state at a time, from what was measured before ("Using Amazon CloudWatch alarms", evaluation and missing data): what was measured
 * counts first, however old it is, and only then what is missing.
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
  const present = valuesOf(alarm, points, now, EvaluationPeriods + furtherBack).filter((value) => value !== undefined);
  if (present.length === 0 && TreatMissingData === 'ignore') return before;
  const evaluated = present.slice(0, EvaluationPeriods);
  const missing = TreatMissingData === 'breaching' ? EvaluationPeriods - evaluated.length : 0;
  return evaluated.filter((value) => isBreach(alarm, value)).length + missing >= DatapointsToAlarm ? 'ALARM' : 'OK';
}

const isBreach = ({ condition }: TemplateAlarm, value: number): boolean =>
  condition.ComparisonOperator === 'LessThanThreshold' ? value < condition.Threshold : value >= condition.Threshold;

/** The alarm's values, the newest first; undefined where there is none. */
function valuesOf(
  alarm: TemplateAlarm,
  points: readonly Datapoint[],
  now: number,
  periods: number,
): readonly (number | undefined)[] {
  const read = (id: string): readonly (number | undefined)[] => {
    const wanted = alarm.reads[id];
    if (wanted === undefined) throw new Error(`${alarm.name} reads no ${id}`);
    const own = points.filter(({ metric }) => isSame(metric, wanted.metric));
    return Array.from({ length: periods }, (_, index) => {
      const to = now - index * alarm.periodSeconds * 1000;
      const from = to - alarm.periodSeconds * 1000;
      const values = own.filter(({ at }) => at > from && at <= to).map(({ value }) => value);
      return values.length === 0 ? undefined : statistics[wanted.statistic](values);
    });
  };
  // What was never told is no time series, and FILL has nothing to fill.
  const filled = (id: string): readonly (number | undefined)[] => {
    const values = read(id);
    return values.some((value) => value !== undefined) ? values.map((value) => value ?? 0) : values;
  };
  switch (alarm.expression) {
    case 'value':
      return read('value');
    case 'FILL(value, 0)':
      return filled('value');
    case 'IF(FILL(accepted, 0) > 0, 0, FILL(refused, 0))': {
      const refused = filled('refused');
      return filled('accepted').map((value, index) => {
        if (value === undefined) return undefined;
        return value > 0 ? 0 : refused[index];
      });
    }
    default:
      throw new Error(`${alarm.name}: ${alarm.expression} is not known here`);
  }
}

const statistics = {
  Sum: (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0),
  Maximum: (values: readonly number[]) => Math.max(...values),
  Minimum: (values: readonly number[]) => Math.min(...values),
};

const isSame = (one: Datapoint['metric'], other: Datapoint['metric']): boolean =>
  one.namespace === other.namespace &&
  one.name === other.name &&
  JSON.stringify(Object.entries(one.dimensions).sort()) === JSON.stringify(Object.entries(other.dimensions).sort());
