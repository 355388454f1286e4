import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeMessage } from '../../lambdas/signups/write-message.ts';
import { type Academy, openAcademy } from './academy.ts';
import { alarmsIn, type TemplateAlarm } from './alarms/alarm.ts';
import { measured } from './alarms/datapoints.ts';
import { type AlarmState, stateOf } from './alarms/evaluate.ts';

const electa = { platform: 'electa', credentials: 'discard' };
const config = {
  alerts: { page: 'it@academy.example' },
  sources: {
    shop: {
      preset: 'standard-webhooks',
      quietAfter: '2h',
      to: [
        { destination: 'classroom', when: "'annex' in data.tags = false" },
        { destination: 'annex', when: "'annex' in data.tags" },
      ],
    },
    form: { preset: 'standard-webhooks', to: ['classroom'] },
    club: { preset: 'standard-webhooks', to: ['classroom'] },
  },
  destinations: { classroom: { ...electa, duplicates: 'allowed' }, annex: electa },
};
const hour = 3_600_000;

let alarms: readonly TemplateAlarm[] = [];
let academy: Academy;
beforeAll(async () => {
  academy = await openAcademy(config, { amend: readAlarms });
  // Before its worker has read the right ones.
  fill('destinations/annex', { cid: '1', appKey: 'w'.repeat(32) });
});
afterAll(() => academy.stop());

/** Reads them, and lets a dead letter of `classroom` take two receives, not a thousand. */
function readAlarms(assembly: string): void {
  alarms = alarmsIn(assembly);
  const file = join(assembly, readdirSync(assembly).find((name) => name.endsWith('.template.json')) ?? '');
  const text = readFileSync(file, 'utf8');
  const at = text.indexOf('"QueueClassroom": {');
  writeFileSync(file, text.slice(0, at) + text.slice(at).replace('"maxReceiveCount": 1000', '"maxReceiveCount": 1'));
}

const person = (name: string) => ({ email: `${name}@example.com`, first_name: name, last_name: 'Lovelace', tags: [] });
const wrongSignature = { 'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}` };
const vendor = (destination: string) => {
  const simulator = academy.stack.simulators[destination];
  if (simulator === undefined) throw new Error(`no vendor ${destination}`);
  return simulator;
};
const fill = (secret: string, value: unknown) =>
  academy.stack.secrets.put(`matriculate/dev/${secret}`, JSON.stringify(value));

/** Hands the worker of `classroom` a message that was sent long ago: nobody waits for hours here. */
async function work(name: string, ageMs: number): Promise<void> {
  const data = { type: 'signup.created', data: person(name) };
  const body = writeMessage({
    kind: 'delivery',
    signupId: `shop.${name.padEnd(22, '0')}`,
    source: 'shop',
    acceptedAt: new Date(Date.now() - ageMs).toISOString(),
    body: Buffer.from(JSON.stringify(data)).toString('base64'),
  });
  const attributes = { ApproximateReceiveCount: '1', SentTimestamp: String(Date.now() - ageMs) };
  const record = { messageId: name, receiptHandle: name, body, attributes };
  await academy.stack.functions['provision-classroom']?.invoke({ Records: [record] });
}

/** What rings each alarm; the first part of its name says of which source, destination or function. */
const causes: Readonly<Record<string, () => Promise<unknown>>> = {
  'receive-signup-errors': async () => academy.stack.functions['receive-signup']?.invoke(null),
  'signup-status-errors': async () => academy.stack.functions['signup-status']?.invoke(null),
  'provision-classroom-errors': async () => academy.stack.functions['provision-classroom']?.invoke(null),
  'status-not-told': async () => {
    const { body, signupId } = await academy.post(person('untold'));
    await academy.ended(signupId, 'classroom');
    const Item = { id: { S: `classroom#${signupId}` }, kind: { S: 'none that we know' } };
    await academy.clients.dynamodb.send(new PutItemCommand({ TableName: academy.stack.tableName, Item }));
    return fetch(`${academy.stack.url}${String(body.statusUrl)}`);
  },
  'form-not-stored': async () => {
    fill('sources/form', {});
    return academy.post(person('form'), { source: 'form' });
  },
  'club-signatures-refused': async () => {
    for (let count = 0; count < 3; count++)
      await academy.post(person('club'), { source: 'club', headers: wrongSignature });
  },
  'form-turned-away': () => academy.post(person('torn'), { source: 'form', headers: { 'content-type': 'text/xml' } }),
  'shop-quiet': async () => undefined,
  'classroom-rejected': () => academy.post({ ...person('rejected'), first_name: 'A\u0000da' }),
  'classroom-unknown': async () => {
    vendor('classroom').arm({ weather: 'reply-lost', operation: 'User/Create' });
    return academy.post(person('unknown'));
  },
  'classroom-waiting': async () => {
    vendor('classroom').arm({ weather: 'http-503', operation: 'User/Create', ms: 0 });
    await work('waiting', 2 * hour);
  },
  'classroom-failed': async () => {
    vendor('classroom').arm({ weather: 'http-503', operation: 'User/Create', ms: 0 });
    await work('failed', 80 * hour);
  },
  'classroom-dead-letters': async () =>
    academy.clients.sqs.send(
      new SendMessageCommand({ QueueUrl: academy.stack.queueUrls.classroom ?? '', MessageBody: 'none of ours' }),
    ),
  'annex-breaker-open': () => academy.post({ ...person('annex'), tags: ['annex'] }),
};

/** `classroom-failed` and `annex-failed` are one kind. */
const kindOf = (name: string): string =>
  name.replace(/^matriculate-dev-/, '').replace(/^(classroom|annex|shop|form|club|provision-\w+)-/, '');
const named = (name: string): TemplateAlarm => {
  const alarm = alarms.find((each) => each.name === `matriculate-dev-${name}`);
  if (alarm === undefined) throw new Error(`the template has no alarm ${name}`);
  return alarm;
};
const state = async (name: string, now = Date.now(), before: AlarmState = 'OK'): Promise<AlarmState> =>
  stateOf(named(name), await measured(academy), now, before);
const patience = { timeout: 30_000, interval: 100 };

describe('an alarm', () => {
  it('of every kind that the template has is rung here, but for throttles and the age of messages, which nobody measures on this machine', () => {
    const kinds = new Set(alarms.map(({ name }) => kindOf(name)));
    expect([...kinds].filter((kind) => !Object.keys(causes).some((name) => kindOf(name) === kind))).toEqual([
      'receive-signup-throttles',
      'signup-status-throttles',
      'not-taken',
      'throttles',
    ]);
  });

  it('of signups that no worker takes reads the metric by which SQS tells their age, of a queue that is there', () => {
    const untaken = alarms.filter(({ name }) => name.endsWith('-not-taken'));
    expect(untaken.map(({ reads }) => reads.value)).toEqual(
      Object.values(academy.stack.queueUrls).map((url) => ({
        metric: {
          namespace: 'AWS/SQS',
          name: 'ApproximateAgeOfOldestMessage',
          dimensions: { QueueName: url.split('/').at(-1) },
        },
        statistic: 'Maximum',
      })),
    );
  });

  it('of throttles reads the metric by which Lambda tells them, of a function that is there', () => {
    const throttles = alarms.filter(({ name }) => name.endsWith('-throttles'));
    expect(throttles.map(({ reads }) => reads.value)).toEqual(
      Object.values(academy.stack.functions).map(({ name: FunctionName }) => ({
        metric: { namespace: 'AWS/Lambda', name: 'Throttles', dimensions: { FunctionName } },
        statistic: 'Sum',
      })),
    );
  });

  it('is silent while all goes well', async () => {
    const { signupId } = await academy.post(person('ada'));
    await academy.ended(signupId, 'classroom');
    await academy.post(person('mallory'), { headers: wrongSignature });
    for (const { name } of alarms)
      expect([name, await state(name.replace('matriculate-dev-', ''))]).toEqual([name, 'OK']);
  });

  it.each(Object.keys(causes).filter((name) => name !== 'shop-quiet'))('rings: %s', async (name) => {
    await causes[name]?.();
    await expect.poll(() => state(name), patience).toBe('ALARM');
    expect(named(name).description).toMatch(/^[^.]+.*\. What to do: infra\/README\.md#[a-z-]+$/);
  });

  it('of a quiet source rings when its time is over without a signup, and not before', async () => {
    const now = Date.now();
    expect(await state('shop-quiet', now + hour)).toBe('OK');
    expect(await state('shop-quiet', now + 3 * hour)).toBe('ALARM');
  });

  it('of refused signatures stays silent if a right one is among them', async () => {
    for (let count = 0; count < 3; count++) await academy.post(person('eve'), { headers: wrongSignature });
    expect(await state('shop-signatures-refused')).toBe('OK');
  });

  it('of an open breaker stays red while nothing is told, and ends with the first login that is accepted, even in the same minutes', async () => {
    expect(await state('annex-breaker-open', Date.now() + 5 * hour, 'ALARM')).toBe('ALARM');
    fill('destinations/annex', vendor('annex').secret);
    const { signupId } = await academy.post({ ...person('mended'), tags: ['annex'] });
    await academy.ended(signupId, 'annex');
    await expect.poll(() => state('annex-breaker-open', Date.now(), 'ALARM'), patience).toBe('OK');
  });
});

it('tells no custom metric that the runbook’s reckoning of costs does not name, with its dimensions', async () => {
  const runbook = readFileSync(join(import.meta.dirname, '../../infra/README.md'), 'utf8');
  const rows = [...runbook.matchAll(/^\| (`[A-Z][^|]*) \| ([^|]*) \|/gm)].map(([, names = '', dimensions = '']) => ({
    names: inCode(names),
    dimensions: inCode(dimensions).join(),
  }));
  const custom = (await measured(academy))
    .map(({ metric }) => metric)
    .filter(({ namespace }) => namespace === 'Matriculate');
  expect(custom.length).toBeGreaterThan(20);
  const missing = custom.filter(({ name, dimensions: { service, ...own } }) => {
    const dimensions = Object.keys(own).sort().join();
    return (
      service !== 'matriculate-dev' || !rows.some((row) => row.names.includes(name) && row.dimensions === dimensions)
    );
  });
  expect(missing).toEqual([]);
});

const inCode = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
