import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type LocalMailer, startLocalMailer } from '../../infra/local/mailer/local-mailer.ts';
import { mailFolder } from '../../infra/local/mailer/mail-folder.ts';
import { publishAgain } from '../../infra/tools/republish/publish-again.ts';
import { storedEvents } from '../../infra/tools/republish/stored-events.ts';
import { createPublish } from '../../lambdas/aws/topic.ts';
import { weathers } from '../../lambdas/platforms/platform-simulator.ts';
import { platforms } from '../../lambdas/platforms/registry.ts';
import type { Mail } from '../../lambdas/welcome-mailer/ports.ts';
import { schemaProblems } from '../fixtures/event-schemas.ts';
import { leaksIn } from '../fixtures/leaks.ts';
import { unhurried } from '../fixtures/unhurried.ts';
import { type Academy, openAcademy } from './academy.ts';

/** The whole stack with the welcome mailer behind its topic: every platform, in bad weather. */

const chosen = 'c4n4ry-chosen-by-ada-1';
const destinations = Object.keys(platforms);
const loginUrlOf = (id: string) => `https://academy.example/${id}`;

const config = {
  sources: {
    shop: {
      preset: 'standard-webhooks',
      mapping: {
        email: 'data.email',
        firstName: 'data.first_name',
        lastName: 'data.last_name',
        password: 'data.password',
        reference: 'data.reference',
      },
      to: destinations,
    },
  },
  destinations: Object.fromEntries(
    Object.entries(platforms).map(([id, platform]) => [
      id,
      { platform: id, loginUrl: loginUrlOf(id), credentials: ['mailer'], ...unhurried(platform) },
    ]),
  ),
  // Without a key: one is made up, and its private half is where the mailer looks for it.
  recipients: { mailer: [] },
};

let academy: Academy;
let mailer: LocalMailer;
let folder: string;
const mails: Mail[] = [];
beforeAll(async () => {
  academy = await openAcademy(config);
  folder = join(academy.directory, 'mails');
  mailer = await startLocalMailer(academy.stack, {
    send: mailFolder(folder, Date.now, (mail) => mails.push(mail)),
    logs: join(academy.directory, 'logs'),
  });
});
afterAll(async () => {
  await mailer.stop();
  await academy.stop();
});

const signUp = async (email: string, more: object = {}) =>
  (await academy.post({ email, first_name: 'Ada', last_name: 'Lovelace', ...more })).signupId;
const endedEverywhere = (signupId: string) => Promise.all(destinations.map((id) => academy.ended(signupId, id)));
const accountAt = (destination: string, email: string) =>
  academy.stack.simulators[destination]?.accounts().find((account) => account.email === email);
/** The learner's mails, by the place where they say to log in. */
const mailsTo = (email: string, destination: string) =>
  mails.filter(({ to, text }) => to === email && text.includes(`${loginUrlOf(destination)}\n`));
const patience = { timeout: 30_000, interval: 50 };

describe('the welcome mailer', () => {
  it.each(destinations)('writes the learner what her account at %s opens with', async (destination) => {
    const email = `welcome-${destination}@example.com`;
    const event = await academy.ended(await signUp(email), destination);
    expect(event.data).toMatchObject({ outcome: 'created', credentials: { state: 'encrypted' } });
    await vi.waitFor(() => expect(mailsTo(email, destination)).toHaveLength(1), patience);
    const account = accountAt(destination, email);
    expect(account?.password).toBeTruthy();
    expect(mailsTo(email, destination)[0]?.text).toContain(`Password: ${account?.password}\n`);
  });

  it('knows what to write to whoever chose a password, or was there before', async () => {
    const email = 'chooser@example.com';
    await endedEverywhere(await signUp(email, { password: chosen }));
    await endedEverywhere(await signUp(email));
    for (const destination of destinations) {
      await vi.waitFor(() => expect(mailsTo(email, destination)).toHaveLength(2), patience);
      expect(mailsTo(email, destination).map(({ text }) => text)).toContainEqual(
        expect.stringContaining('have an account with us already'),
      );
    }
    expect(mails.filter(({ text }) => text.includes('the one that you chose'))).not.toHaveLength(0);
  });
});

describe('in every kind of bad weather', () => {
  it('each learner is welcomed once for each account, with the password that it has', async () => {
    for (const simulator of Object.values(academy.stack.simulators))
      for (const weather of weathers) simulator.arm({ weather, times: 1, ms: 1_000 });
    const people = weathers.map((weather) => `${weather}@example.com`);
    const ended = await Promise.all(people.map(async (email) => endedEverywhere(await signUp(email))));
    for (const [index, events] of ended.entries())
      for (const { data } of events) {
        const email = people[index] ?? '';
        const { destination, outcome, credentials } = data;
        expect(['created', 'existing']).toContain(outcome);
        await vi.waitFor(() => expect(mailsTo(email, destination)).toHaveLength(1), patience);
        if (credentials?.state === 'encrypted')
          expect(mailsTo(email, destination)[0]?.text).toContain(accountAt(destination, email)?.password);
      }
    expect(academy.events.flatMap((event) => schemaProblems(JSON.stringify(event)))).toEqual([]);
  }, 120_000);
});

describe('afterwards', () => {
  it('the stored events can be sent again, byte by byte, and nobody gets a second mail', async () => {
    const { stack, clients, events } = academy;
    const before = { mails: mails.length, texts: new Set(events.map((event) => JSON.stringify(event))) };
    const told = events.length;
    const count = await publishAgain(
      storedEvents(clients.dynamodb, stack.tableName, 0),
      createPublish(clients.sns, stack.topicArn),
    );
    expect(count).toBe(before.texts.size);
    await vi.waitFor(() => expect(events.length).toBe(told + count), patience);
    expect(new Set(events.map((event) => JSON.stringify(event)))).toEqual(before.texts);
    await vi.waitFor(async () => expect(await waitingIn(mailer.queueUrl)).toBe(0), patience);
    expect(mails).toHaveLength(before.mails);
  });

  it('no password is found anywhere but in the mails that its recipient wrote', async () => {
    const { stack, directory, events } = academy;
    const simulators = Object.values(stack.simulators);
    const passwords = simulators.flatMap((simulator) => simulator.accounts().map(({ password }) => password));
    const secrets = simulators.flatMap(({ secret }) => Object.values(secret));
    expect(passwords.length).toBeGreaterThan(destinations.length * weathers.length);
    const queues = [...Object.values(stack.queueUrls), ...Object.values(stack.dlqUrls), mailer.queueUrl];
    const places = {
      events: JSON.stringify(events),
      ledger: await academy.ledger(),
      queues: (await Promise.all(queues.map(contentOf))).join('\n'),
      files: filesIn(directory, folder),
    };
    expect(places.files).toContain('vendor called');
    for (const [place, text] of Object.entries(places))
      expect(leaksIn(text, [...passwords, ...secrets, chosen, ...Object.values(stack.sourceKeys)]), place).toEqual([]);
    // The search finds what is there: the mails hold the passwords that were encrypted.
    expect(leaksIn(filesIn(folder), passwords)).not.toEqual([]);
    expect(leaksIn(filesIn(folder), [chosen])).toEqual([]);
  });
});

async function waitingIn(QueueUrl: string): Promise<number> {
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes = {} } = await academy.clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
  );
  return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name]), 0);
}

async function contentOf(QueueUrl: string): Promise<string> {
  const { Messages = [] } = await academy.clients.sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
  );
  return Messages.map(({ Body }) => Body).join('\n');
}

/** Everything below a folder as one text, but for what lies in another one; bundles are code. */
function filesIn(directory: string, except = ''): string {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath !== except && !entry.name.endsWith('.mjs'))
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
    .join('\n');
}
