import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { check, largest, smallest } from '../example-config.ts';
import { propertiesOf, synthesize } from '../synthesize.ts';

const alarmSchema = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.object({ Ref: z.string() })).optional(),
  OKActions: z.array(z.object({ Ref: z.string() })).optional(),
  ComparisonOperator: z.string(),
  EvaluationPeriods: z.number(),
  Metrics: z.array(z.unknown()).optional(),
  Threshold: z.number(),
  TreatMissingData: z.string(),
  WarmUpConfiguration: z.unknown().optional(),
});
const alarmsOf = (json: unknown, stage?: string) =>
  propertiesOf(synthesize(check(json, stage)).template, 'AWS::CloudWatch::Alarm').map((alarm) =>
    alarmSchema.parse(alarm),
  );

const alarms = alarmsOf(largest);
const named = (name: string) => alarms.find(({ AlarmName }) => AlarmName === `matriculate-prod-${name}`);

it('pages and notifies for exactly this', () => {
  const whom = alarms.map(({ AlarmName, AlarmActions }) => [
    AlarmName.replace('matriculate-prod-', ''),
    AlarmActions?.map(({ Ref }) => Ref).join(),
  ]);
  const destination = (id: string) => ({
    [`${id}-dead-letters`]: 'PageAlerts',
    [`${id}-breaker-open`]: 'PageAlerts',
    [`${id}-waiting`]: 'PageAlerts',
    [`${id}-not-taken`]: 'PageAlerts',
    [`${id}-rejected`]: 'NotifyAlerts',
    [`${id}-failed`]: 'NotifyAlerts',
    [`${id}-unknown`]: 'NotifyAlerts',
    [`provision-${id}-errors`]: 'PageAlerts',
    [`provision-${id}-throttles`]: 'PageAlerts',
  });
  const source = (id: string) => ({
    [`${id}-not-stored`]: 'PageAlerts',
    [`${id}-signatures-refused`]: 'NotifyAlerts',
    [`${id}-turned-away`]: 'NotifyAlerts',
  });
  expect(Object.fromEntries(whom)).toEqual({
    'receive-signup-errors': 'PageAlerts',
    'receive-signup-throttles': 'PageAlerts',
    'signup-status-errors': 'PageAlerts',
    'signup-status-throttles': 'PageAlerts',
    'status-not-told': 'NotifyAlerts',
    ...source('shop'),
    'shop-quiet': 'NotifyAlerts',
    ...source('own-site'),
    ...destination('classroom'),
    ...destination('academy'),
  });
});

it('says when what somebody was paged for is over', () => {
  for (const { AlarmActions, OKActions } of alarms)
    expect(OKActions).toEqual(AlarmActions?.some(({ Ref }) => Ref === 'PageAlerts') ? AlarmActions : undefined);
});

describe('each alarm', () => {
  const runbook = readFileSync(join(import.meta.dirname, '../../../infra/README.md'), 'utf8');
  const anchors = [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(/\s/g, '-'),
  );

  it.each(alarms.map(({ AlarmName, AlarmDescription }) => [AlarmName, AlarmDescription]))(
    '%s says what it means, and leads to a section of the runbook that is there',
    (_, description) => {
      const [, impact = '', anchor = ''] = /^(.{40,}) What to do: infra\/README\.md#([a-z-]+)$/.exec(description) ?? [];
      expect(impact).toMatch(/\.$/);
      expect(anchors).toContain(anchor);
      expect(description.length).toBeLessThan(1024);
    },
  );
});

describe('an empty period', () => {
  it('leaves an open breaker open', () => {
    expect(named('classroom-breaker-open')?.TreatMissingData).toBe('ignore');
  });

  it('is what a quiet source looks like', () => {
    expect(named('shop-quiet')).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      Threshold: 1,
      EvaluationPeriods: 72,
      Metrics: [{ Expression: 'FILL(value, 0)' }, { MetricStat: { Period: 3600 } }],
    });
  });

  it('is nothing bad everywhere else', () => {
    const others = alarms.filter(({ AlarmName }) => !/(breaker-open|-quiet)$/.test(AlarmName));
    expect(new Set(others.map(({ TreatMissingData }) => TreatMissingData))).toEqual(new Set(['notBreaching']));
  });
});

it('waits with a source that is new for its first signup, for as long as it may be quiet and CloudWatch lets it', () => {
  const minutesOf = (quietAfter: string) => {
    const shop = { ...smallest.sources.shop, quietAfter };
    const quiet = alarmsOf({ ...smallest, sources: { shop } }).find(({ AlarmName }) => AlarmName.endsWith('-quiet'));
    return quiet?.WarmUpConfiguration;
  };
  expect(minutesOf('5h')).toEqual({ WarmUpPeriodDurationInMinutes: 300 });
  expect(minutesOf('3d')).toEqual({ WarmUpPeriodDurationInMinutes: 2880 });
  expect(alarms.filter(({ WarmUpConfiguration }) => WarmUpConfiguration !== undefined)).toHaveLength(1);
});

it('rings in the console only, where dev names nobody', () => {
  const { alerts: _, ...rest } = smallest;
  expect(alarmsOf(rest, 'dev').flatMap(({ AlarmActions = [] }) => AlarmActions)).toEqual([]);
});
