import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const statistic = z.enum(['Sum', 'Maximum', 'Minimum']);

const readMetric = z
  .object({
    Namespace: z.string(),
    MetricName: z.string(),
    Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })),
  })
  .transform(({ Namespace, MetricName, Dimensions }) => ({
    namespace: Namespace,
    name: MetricName,
    dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
  }));

/** A metric as an alarm asks for it: all of its dimensions, or CloudWatch finds nothing. */
export type MetricId = z.infer<typeof readMetric>;

const common = {
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  ComparisonOperator: z.enum(['GreaterThanOrEqualToThreshold', 'LessThanThreshold']),
  Threshold: z.number(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.number().optional(),
  TreatMissingData: z.enum(['breaching', 'notBreaching', 'ignore']),
};

const stat = z
  .object({ Metric: readMetric, Period: z.number(), Stat: statistic })
  .transform(({ Metric, Period, Stat }) => ({ metric: Metric, periodSeconds: Period, statistic: Stat }));

const plain = z.object({ ...common, MetricName: z.string(), Statistic: statistic, Period: z.number() }).loose();
const byExpression = z.object({
  ...common,
  Metrics: z.array(
    z.object({
      Id: z.string(),
      Expression: z.string().optional(),
      MetricStat: stat.optional(),
      ReturnData: z.boolean().optional(),
    }),
  ),
});

/** An alarm as the template has it. */
export interface TemplateAlarm {
  readonly name: string;
  readonly description: string;
  readonly condition: z.infer<z.ZodObject<typeof common>>;
  readonly periodSeconds: number;
  /** What it reads, by the name that its expression uses; without an expression it is one, named `value`. */
  readonly reads: Readonly<
    Record<string, { readonly metric: MetricId; readonly statistic: 'Sum' | 'Maximum' | 'Minimum' }>
  >;
  readonly expression: string;
}

/** The alarms of a synthesized stack. */
export function alarmsIn(assembly: string): readonly TemplateAlarm[] {
  const file = readdirSync(assembly).find((name) => name.endsWith('.template.json')) ?? '';
  const template = z
    .object({ Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown() })) })
    .parse(JSON.parse(readFileSync(join(assembly, file), 'utf8')));
  return Object.values(template.Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::CloudWatch::Alarm' ? [readAlarm(Properties)] : [],
  );
}

function readAlarm(properties: unknown): TemplateAlarm {
  const one = plain.safeParse(properties);
  if (one.success) {
    const { AlarmName, AlarmDescription, Statistic, Period } = one.data;
    const reads = { value: { metric: readMetric.parse(properties), statistic: Statistic } };
    return {
      name: AlarmName,
      description: AlarmDescription,
      condition: one.data,
      periodSeconds: Period,
      reads,
      expression: 'value',
    };
  }
  const alarm = byExpression.parse(properties);
  const stats = alarm.Metrics.flatMap(({ Id, MetricStat }) =>
    MetricStat === undefined ? [] : [{ Id, ...MetricStat }],
  );
  return {
    name: alarm.AlarmName,
    description: alarm.AlarmDescription,
    condition: alarm,
    periodSeconds: stats[0]?.periodSeconds ?? 0,
    reads: Object.fromEntries(stats.map(({ Id, metric, statistic: by }) => [Id, { metric, statistic: by }])),
    expression: alarm.Metrics.find(({ Expression }) => Expression !== undefined)?.Expression ?? '',
  };
}
