import { describe, expect, it } from 'vitest';
import { productionTimeLimits } from '../../../infra/time-limits.ts';
import { backoff, longestPauseMs } from '../../../lambdas/provision-user/patience.ts';
import { record } from '../../provision-user/records.ts';
import { workerOf } from '../../provision-user/worker.ts';
import { alarmsIn, type TemplateAlarm } from '../../system/alarms/alarm.ts';
import { type AlarmState, stateOf } from '../../system/alarms/evaluate.ts';
import { check, smallest } from '../example-config.ts';
import { synthesize } from '../synthesize.ts';

const minute = 60_000;
const hour = 60 * minute;

const created = { kind: 'created', account: {}, notApplied: [] } as const;
const step = { name: 'account', state: 'calling', attempt: 1, maybeDone: false } as const;

const giveUpAfters = { '2h': 2 * hour, '72h': 72 * hour, '13d': 13 * 24 * hour };
const alarms = Object.fromEntries(
  Object.keys(giveUpAfters).map((giveUpAfter) => {
    const classroom = { ...smallest.destinations.classroom, giveUpAfter };
    return [giveUpAfter, alarmsIn(synthesize(check({ ...smallest, destinations: { classroom } })).outdir)];
  }),
);

function alarmOf(name: string, giveUpAfter = '72h'): TemplateAlarm {
  const alarm = alarms[giveUpAfter]?.find((each) => each.name === `matriculate-prod-${name}`);
  if (alarm === undefined) throw new Error(`the template has no alarm ${name}`);
  return alarm;
}

/** When the alarm changed its state, looked at each minute for as long as something is told and four hours more. */
function changes(alarm: TemplateAlarm, told: readonly { readonly at: number; readonly value: number }[]) {
  const metric = alarm.reads.value?.metric;
  if (metric === undefined) throw new Error(`${alarm.name} reads an expression`);
  const points = told.map((point) => ({ metric, ...point }));
  const seen: { readonly at: number; readonly state: AlarmState }[] = [];
  for (let now = 0; now < (told.at(-1)?.at ?? 0) + 4 * hour; now += minute) {
    const before = seen.at(-1)?.state ?? 'OK';
    const state = stateOf(alarm, points, now, before);
    if (state !== before) seen.push({ at: now, state });
  }
  return seen;
}

/** What is told of one signup whose vendor is down until it gives up, at most three days. */
function waiting(giveUpAfterMs: number, random: (count: number) => number) {
  const limits = { ...productionTimeLimits, giveUpAfterMs };
  const told = [];
  for (let now = 0, returns = 0; now < Math.min(giveUpAfterMs, 72 * hour); returns++) {
    told.push({ at: now, value: now / 1000 });
    now = backoff({ ...step, returns }, now, giveUpAfterMs, limits, random(returns)) + limits.functionTimeoutMs;
  }
  return told;
}

/** What a worker tells of one signup whose vendor answers only after so long, and says so. */
async function quiet(retryAfterMs: number) {
  const told: { readonly at: number; readonly value: number }[] = [];
  const time = { now: 0, until: 0 };
  const said = () => undefined;
  const { handle } = workerOf({
    create: async () => (time.now < retryAfterMs ? { kind: 'not-done', message: 'busy', retryAfterMs } : created),
    over: {
      now: () => time.now,
      changeVisibility: async (_, seconds) => {
        time.until = time.now + seconds * 1000;
      },
      observer: {
        info: said,
        warn: said,
        error: said,
        metric: (name, value, dimensions) => {
          if (name === 'WaitingSeconds' && dimensions?.reason === undefined) told.push({ at: time.now, value });
        },
      },
    },
  });
  for (let receiveCount = 1; ; receiveCount++) {
    const { batchItemFailures } = await handle({ Records: [record('ada', { receiveCount, sentAt: 0 })] });
    if (batchItemFailures.length === 0) return told;
    time.now = time.until;
  }
}

describe('one signup that waits for its vendor', () => {
  const draws: [string, (count: number) => number][] = [
    ['the longest pauses', () => 1],
    ['pauses of every length', (count) => (count * 0.618) % 1],
  ];

  it.each(
    Object.entries(giveUpAfters).flatMap(([giveUpAfter, ms]) =>
      draws.map(([name, draw]) => ({ giveUpAfter, ms, name, draw })),
    ),
  )('pages once until its last return, with giveUpAfter $giveUpAfter and $name', ({ giveUpAfter, ms, draw }) => {
    const told = waiting(ms, draw);
    const [page, over, ...more] = changes(alarmOf('classroom-waiting', giveUpAfter), told);
    expect(page?.state).toBe('ALARM');
    expect(page?.at).toBeLessThan(hour + 100 * minute);
    expect(over?.state).toBe('OK');
    expect(over?.at).toBeGreaterThan(told.at(-1)?.at ?? 0);
    expect(more).toEqual([]);
  });

  it('pages once also when a worker breaks an attempt off after the longest pause', () => {
    const { visibilityMs, functionTimeoutMs, backoffCapMs } = productionTimeLimits;
    const pause = backoffCapMs + visibilityMs + functionTimeoutMs;
    const told = Array.from({ length: 200 }, (_, index) => ({ at: index * pause, value: (index * pause) / 1000 }));
    expect(changes(alarmOf('classroom-waiting'), told).map(({ state }) => state)).toEqual(['ALARM', 'OK']);
  });

  it('pages once also where the vendor asks for half a day of quiet', async () => {
    const told = await quiet(12 * hour);
    expect(told.length).toBeLessThan(60);
    const [page, over, ...more] = changes(alarmOf('classroom-waiting'), told);
    expect(page?.state).toBe('ALARM');
    expect(over?.state).toBe('OK');
    expect(over?.at).toBeGreaterThan(12 * hour);
    expect(more).toEqual([]);
  });

  it('is over, by default, no later than forty minutes after it came back for the last time', () => {
    const told = waiting(72 * hour, () => 1);
    const [, over] = changes(alarmOf('classroom-waiting'), told);
    expect((over?.at ?? 0) - (told.at(-1)?.at ?? 0)).toBeLessThan(40 * minute);
  });
});

it.each(Object.entries(giveUpAfters))(
  'does not say that no worker takes a signup that waits the longest pauses, with giveUpAfter %s',
  (giveUpAfter, giveUpAfterMs) => {
    const { visibilityMs, functionTimeoutMs } = productionTimeLimits;
    const limits = { ...productionTimeLimits, giveUpAfterMs };
    const thirdReceive = 2 * (longestPauseMs(limits) + visibilityMs + functionTimeoutMs);
    const ages = Array.from({ length: thirdReceive / minute }, (_, index) => ({
      at: index * minute,
      value: index * 60,
    }));
    expect(changes(alarmOf('classroom-not-taken', giveUpAfter), ages)).toEqual([]);
    const untaken = [
      ...ages,
      ...ages.map(({ at, value }) => ({ at: at + thirdReceive, value: value + thirdReceive / 1000 })),
    ];
    expect(changes(alarmOf('classroom-not-taken', giveUpAfter), untaken)[0]?.state).toBe('ALARM');
  },
);

it('pages once for a signup that kills its worker five times', () => {
  const { visibilityMs, functionTimeoutMs } = productionTimeLimits;
  const told = Array.from({ length: 5 }, (_, index) => ({ at: index * (visibilityMs + functionTimeoutMs), value: 1 }));
  expect(changes(alarmOf('provision-classroom-errors'), told).map(({ state }) => state)).toEqual(['ALARM', 'OK']);
});

it.each(['rejected', 'failed', 'unknown'])(
  'tells each signup that ended %s, a quarter of an hour after another',
  (outcome) => {
    const told = Array.from({ length: 8 }, (_, index) => ({ at: index * 15 * minute, value: 1 }));
    const seen = changes(alarmOf(`classroom-${outcome}`), told).map(({ state }) => state);
    expect(seen.filter((state) => state === 'ALARM')).toHaveLength(told.length);
  },
);

it('says that errors are over a quarter of an hour after the last', () => {
  const [, over] = changes(alarmOf('receive-signup-errors'), [{ at: 0, value: 1 }]);
  expect(over).toEqual({ at: 15 * minute, state: 'OK' });
});

it('looks back no further than CloudWatch allows: a day, or seven where a period is an hour', () => {
  const { classroom } = smallest.destinations;
  const sources = { shop: { ...smallest.sources.shop, quietAfter: '7d' } };
  const destinations = { classroom: { ...classroom, giveUpAfter: '13d' } };
  for (const { condition, periodSeconds } of alarmsIn(synthesize(check({ ...smallest, sources, destinations })).outdir))
    expect(condition.EvaluationPeriods * periodSeconds).toBeLessThanOrEqual((periodSeconds < 3600 ? 1 : 7) * 86_400);
});
