import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { judgeSubscription } from '../../../../infra/tools/doctor/look-at-alerts.ts';
import { lookAtServer } from '../../../../infra/tools/doctor/look-at-clock.ts';
import { lookAtConfig } from '../../../../infra/tools/doctor/look-at-config.ts';
import { check, largest, smallest } from '../../example-config.ts';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server whose clock is off. */
async function serverAt(date: string | null): Promise<string> {
  const server = createServer((_, response) => {
    response.sendDate = false;
    if (date !== null) response.setHeader('date', date);
    response.writeHead(404).end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

describe('a server', () => {
  const now = () => Date.parse('2026-11-22T10:00:00Z');

  it.each([
    ['2026-11-22T10:01:30Z', 'ok', /its clock agrees/],
    ['2026-11-22T10:16:00Z', 'wrong', /clock is 16 minutes ahead of this one/],
    ['2026-11-22T09:44:00Z', 'wrong', /clock is 16 minutes behind this one/],
  ])('whose clock says %s is %s', async (date, state, text) => {
    const url = await serverAt(new Date(date).toUTCString());
    expect(await lookAtServer('vendor', url, now)).toEqual([
      { state, about: 'vendor', text: expect.stringMatching(text) },
    ]);
  });

  it('is there even if it does not say what time it is', async () => {
    const findings = await lookAtServer('vendor', await serverAt(null), now);
    expect(findings.map(({ state }) => state)).toEqual(['ok', 'note']);
  });

  it('that is not there is wrong', async () => {
    const url = await serverAt(null);
    servers.splice(0)[0]?.close();
    expect(await lookAtServer('vendor', url, now)).toMatchObject([
      { state: 'wrong', text: expect.stringContaining('ECONNREFUSED') },
    ]);
  });
});

describe('an alert’s contact', () => {
  const topic = 'arn:aws:sns:eu-central-1:1:matriculate-prod-page';

  it.each([
    ['arn:aws:sns:r:1:t:2', 'ok'],
    ['PendingConfirmation', 'wrong'],
    ['Deleted', 'wrong'],
    [undefined, 'wrong'],
  ])('with the subscription %s is %s', (subscription, state) => {
    expect(judgeSubscription('page', 'it@academy.example', topic, subscription).state).toBe(state);
  });

  it.each([
    ['it@academy.example', 'email'],
    ['https://hooks.academy.example/alerts', 'https'],
  ])(
    'that nobody confirmed in time, %s, is subscribed anew by the very command that is printed',
    (contact, protocol) => {
      expect(judgeSubscription('page', contact, topic, undefined).text).toContain(
        `aws sns subscribe --topic-arn ${topic} --protocol ${protocol} --notification-endpoint ${contact} --region eu-central-1`,
      );
    },
  );

  it('is quoted for the shell where it must be', () => {
    expect(judgeSubscription('page', "o'neil@academy.example", topic, undefined).text).toContain(
      `--notification-endpoint 'o'\\''neil@academy.example'`,
    );
  });

  it.each([
    ['it@academy.example', /in the mail of "AWS Notifications"/],
    ['https://hooks.academy.example/alerts', /in what SNS has posted there/],
  ])('that has not confirmed yet, %s, is told where the link is, and how long it is good', (contact, where) => {
    const { text } = judgeSubscription('page', contact, topic, 'PendingConfirmation');
    expect(text).toMatch(where);
    expect(text).toMatch(/48 hours/);
  });
});

it('notes a platform’s warnings, retired destinations, and that nothing is reserved for webhooks', () => {
  const { classroom } = smallest.destinations;
  const config = check({ ...smallest, destinations: { classroom, old: { ...classroom, retired: true } } });
  expect(lookAtConfig(config).map(({ about }) => about)).toEqual(['config', 'destinations/old', 'config']);
  expect(
    lookAtConfig(check(largest))
      .map(({ text }) => text)
      .join(),
  ).toMatch(/Sunset/);
});
