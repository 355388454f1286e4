import { once } from 'node:events';
import { createServer } from 'node:http';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSendMail } from '../../lambdas/aws/send-mail.ts';
import { createSentMails } from '../../lambdas/aws/sent-mails.ts';
import { startTable } from '../fixtures/running-table.ts';

async function openTable() {
  const { client, table, close } = await startTable();
  onTestFinished(close);
  let now = 1_000_000;
  return {
    sentMails: createSentMails(client, table, () => now),
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

describe('what was mailed', () => {
  it('is claimed by one of many, and by nobody any more when it was sent', async () => {
    const { sentMails, pass } = await openTable();
    const claims = await Promise.all(Array.from({ length: 8 }, () => sentMails.claim('a/b/account/1')));
    expect(claims.sort()).toEqual([...Array.from({ length: 7 }, () => 'busy'), 'ours']);
    await sentMails.done('a/b/account/1');
    pass(1e9);
    expect(await sentMails.claim('a/b/account/1')).toBe('sent');
  });

  it('can be claimed again where the claim was given back, or its owner died', async () => {
    const { sentMails, pass } = await openTable();
    expect(await sentMails.claim('x')).toBe('ours');
    await sentMails.release('x');
    expect(await sentMails.claim('x')).toBe('ours');
    pass(59_000);
    expect(await sentMails.claim('x')).toBe('busy');
    pass(2_000);
    expect(await sentMails.claim('x')).toBe('ours');
  });
});

/** What SES is sent for a mail. */
async function sentToSes(from: string, to: string) {
  const requests: { path: string; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    requests.push({ path: request.url ?? '', body: JSON.parse(Buffer.concat(chunks).toString('utf8')) });
    response.end('{"MessageId":"1"}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const client = new SESv2Client({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  await createSendMail(client, from)({ to, subject: 'Wëlcome', text: 'Hello Åda' });
  return requests;
}

it('a mail goes to SES as it is', async () => {
  expect(await sentToSes('Academy <welcome@academy.example>', 'ada@example.com')).toEqual([
    {
      path: '/v2/email/outbound-emails',
      body: {
        FromEmailAddress: 'Academy <welcome@academy.example>',
        Destination: { ToAddresses: ['ada@example.com'] },
        Content: {
          Simple: {
            Subject: { Data: 'Wëlcome', Charset: 'UTF-8' },
            Body: { Text: { Data: 'Hello Åda', Charset: 'UTF-8' } },
          },
        },
      },
    },
  ]);
});

it.each([
  ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
  ['ada@例え.jp', 'ada@xn--r8jz45g.jp'],
  ['Ada.L@Example.com', 'Ada.L@example.com'],
  ['ada@bücher.example/x', 'ada@bücher.example/x'],
])('a mail to %s goes to %s, since SES takes ASCII alone', async (to, expected) => {
  expect(await sentToSes('welcome@academy.example', to)).toMatchObject([
    { body: { FromEmailAddress: 'welcome@academy.example', Destination: { ToAddresses: [expected] } } },
  ]);
});

it.each([
  ['Académie', '=?UTF-8?B?QWNhZMOpbWll?='],
  ['Academy, Inc.', '=?UTF-8?B?QWNhZGVteSwgSW4=?= =?UTF-8?B?Yy4=?='],
  ['=?UTF-8?B?QWNhZMOpbWll?=', '=?UTF-8?B?QWNhZMOpbWll?='],
])('a mail from %s is from %s, since SES takes ASCII alone', async (name, expected) => {
  expect(await sentToSes(`${name} <welcome@academy.example>`, 'ada@example.com')).toMatchObject([
    { body: { FromEmailAddress: `${expected} <welcome@academy.example>` } },
  ]);
});
