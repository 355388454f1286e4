import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendBackDeadLetters } from '../../infra/tools/ledger/dead-letters.ts';
import { findSignups } from '../../infra/tools/ledger/find-signups.ts';
import { listOpen } from '../../infra/tools/ledger/open-list.ts';
import { openOutcomes } from '../../infra/tools/ledger/open-outcomes.ts';
import type { ReachedStage } from '../../infra/tools/ledger/reached-stage.ts';
import { redriveOpen } from '../../infra/tools/ledger/redrive-open.ts';
import { reopen } from '../../infra/tools/ledger/reopen.ts';
import { resolveUnknown } from '../../infra/tools/ledger/resolve-unknown.ts';
import { tellSignups } from '../../infra/tools/ledger/tell-signups.ts';
import { readMessage } from '../../lambdas/signups/message.ts';
import { writeMessage } from '../../lambdas/signups/write-message.ts';
import { type Academy, openAcademy } from './academy.ts';
import { ageLedger } from './age-ledger.ts';
import { deployMapping } from './deploy-mapping.ts';
import { messagesIn, signupItems } from './observe.ts';
import { reachedAcademy } from './reached-academy.ts';

const day = 86_400_000;
/** Somebody mistook a field's name. */
const wrongMapping = {
  email: 'data.email',
  firstName: 'data.forename',
  lastName: 'data.last_name',
  reference: 'data.reference',
};
/** The last delivery of each signup, as SQS handed it over. */
const deliveries = new Map<string, SQSRecord>();
let academy: Academy;
let stage: ReachedStage;
beforeAll(async () => {
  const destination = { platform: 'electa', credentials: ['mailer'] };
  academy = await openAcademy(
    {
      sources: {
        shop: { preset: 'standard-webhooks', mapping: wrongMapping, to: ['classroom'] },
        second: { preset: 'standard-webhooks', to: ['lax'] },
      },
      destinations: { classroom: destination, lax: { ...destination, duplicates: 'allowed' } },
    },
    {
      onReceive: (record) => {
        const message = readMessage(record.body);
        if (message.kind === 'delivery') deliveries.set(message.signupId, record);
      },
    },
  );
  stage = reachedAcademy(academy);
});
afterAll(() => academy.stop());

/** The event of a run. */
const told = async (signupId: string, run: number) => {
  const event = () => academy.events.find(({ data }) => data.signupId === signupId && data.run === run);
  await expect.poll(event, { timeout: 30_000 }).toBeDefined();
  return event();
};
const itemOf = async (signupId: string) => (await signupItems(academy)).find((item) => item.signupId === signupId);
const toDeadLetters = (MessageBody: string) =>
  academy.clients.sqs.send(new SendMessageCommand({ QueueUrl: academy.stack.dlqUrls.classroom, MessageBody }));
const redrive = async (signup: string | undefined) => {
  const lines: string[] = [];
  const wish = { kind: 'send', signup, reason: undefined, destinations: stage.destinations } as const;
  await redriveOpen(stage, wish, (line) => lines.push(line));
  return lines.join('\n');
};

describe('a signup that a wrong mapping had rejected', () => {
  it('is made on day 30, after the mapping was corrected; a late copy of the old message starts nothing', async () => {
    const data = { email: 'late@example.com', first_name: 'Late', last_name: 'Learner', reference: '1001' };
    const { signupId } = await academy.post(data, { webhookId: 'msg_late' });
    expect((await told(signupId, 1))?.data).toMatchObject({ outcome: 'rejected', reason: { code: 'mapping' } });
    await ageLedger(academy, signupId, 30);
    expect(listOpen(await openOutcomes(stage, stage.destinations), Date.now())).toMatch(
      /classroom 1 rejected \(mapping\)[\s\S]*30 days ago +classroom +account +rejected +mapping/,
    );
    const old = deliveries.get(signupId);
    if (old === undefined) throw new Error('no worker has had it');

    await deployMapping(academy, 'classroom', 'shop', { firstName: 'data.first_name' });
    const sent = String(Number(old.attributes.SentTimestamp) - 30 * day);
    const copy = { ...old, attributes: { ...old.attributes, SentTimestamp: sent, ApproximateReceiveCount: '2' } };
    const comesLate = () => academy.stack.functions['provision-classroom']?.invoke({ Records: [copy] });
    // With the corrected mapping it reads otherwise than what was rejected: only its age keeps it from starting a run.
    expect(await comesLate()).toEqual({ ok: true, payload: '{"batchItemFailures":[]}' });
    expect(await itemOf(signupId)).toMatchObject({ run: 1 });

    expect(await redrive(signupId)).toContain('classroom 1 rejected (mapping)');
    expect((await told(signupId, 2))?.data).toMatchObject({
      outcome: 'created',
      person: { email: data.email, firstName: 'Late' },
    });
    const open = await openOutcomes(stage, stage.destinations);
    expect(open.map(({ item }) => item.signupId)).not.toContain(signupId);

    expect(await comesLate()).toEqual({ ok: true, payload: '{"batchItemFailures":[]}' });
    const again = await academy.post(data, { webhookId: 'msg_late' });
    expect(again.signupId).toBe(signupId);
    const copies = () => academy.events.filter((event) => event.data.signupId === signupId && event.data.run === 2);
    await expect.poll(() => copies().length, { timeout: 20_000 }).toBe(3);
    expect(await itemOf(signupId)).toMatchObject({ run: 2, sequence: 2, conflicts: [] });
    expect(academy.stack.simulators.classroom?.accounts()).toHaveLength(1);

    const asked = { kind: 'reference', source: 'shop', reference: '1001' } as const;
    const story = tellSignups(asked, await findSignups(stage, asked), stage.destinations, stage, Date.now());
    expect(story).toMatch(/classroom {2}created\n {2}run +2; .*\/1\n[\s\S]*\n {2}account +created, 1 vendor call\n/);
    const [account] = academy.stack.simulators.classroom?.accounts() ?? [];
    expect(story).not.toContain(account?.password);
    expect(story).not.toContain(account?.username);
  });

  it('is one run, however often it is sent again', async () => {
    const { signupId } = await academy.post({ email: 'twice@example.com', first_name: '', last_name: 'Learner' });
    expect((await told(signupId, 1))?.data.outcome).toBe('rejected');
    const [open] = (await openOutcomes(stage, ['classroom'])).filter(({ item }) => item.signupId === signupId);
    if (open === undefined) throw new Error('it is not open');
    await Promise.all([reopen(stage, open.item), reopen(stage, open.item)]);
    await told(signupId, 2);
    await expect.poll(() => messagesIn(academy, Object.values(academy.stack.queueUrls)), { timeout: 20_000 }).toBe(0);
    expect(await itemOf(signupId)).toMatchObject({ run: 2, sequence: 2 });
  });
});

describe('a signup of which nobody knows', () => {
  /** Its first call's reply is lost, and the account takes duplicates, so that a repeat could make a second one. */
  const lost = async (name: string, weather: 'reply-lost' | 'request-lost') => {
    academy.stack.simulators.lax?.arm({ weather, operation: 'User/Create' });
    const data = { email: `${name}@example.com`, first_name: name, last_name: 'Learner' };
    const { signupId } = await academy.post(data, { source: 'second' });
    expect((await told(signupId, 1))?.data.outcome).toBe('unknown');
    return {
      signupId,
      accounts: () => academy.stack.simulators.lax?.accounts().filter(({ email }) => email === data.email),
    };
  };

  it('is skipped by a redrive, with the line that a person can type', async () => {
    const { signupId } = await lost('skipped', 'reply-lost');
    const words = await redrive(undefined);
    expect(words).toContain(`npm run signup ${signupId} -- --destination lax --resolve exists (or absent)`);
    expect(await itemOf(signupId)).toMatchObject({ run: 1 });
  });

  it('ends existing, without another call, if a person says that the account exists', async () => {
    const { signupId, accounts } = await lost('found', 'reply-lost');
    const items = await findSignups(stage, { kind: 'id', signupId });
    expect(await resolveUnknown(stage, items, 'exists')).toContain('run 2 ends it existing');
    expect((await told(signupId, 2))?.data).toMatchObject({
      outcome: 'existing',
      reason: { code: 'resolved' },
      credentials: { state: 'lost' },
    });
    expect(accounts()).toHaveLength(1);
    const closed = await findSignups(stage, { kind: 'email', email: 'Found@Example.com' });
    await expect(resolveUnknown(stage, closed, 'exists')).rejects.toThrow(/lax: existing/);
  });

  it('gets its account by the next run if a person says that there is none', async () => {
    const { signupId, accounts } = await lost('missing', 'request-lost');
    expect(accounts()).toHaveLength(0);
    await resolveUnknown(stage, await findSignups(stage, { kind: 'id', signupId }), 'absent');
    expect((await told(signupId, 2))?.data.outcome).toBe('created');
    expect(accounts()).toHaveLength(1);
  });
});

it('goes from the dead letter queue back to its own and arrives', async () => {
  const { signupId } = await academy.post({ email: 'dead@example.com', first_name: 'Dead', last_name: 'Letter' });
  await told(signupId, 1);
  const other = 'shop.AAAAAAAAAAAAAAAAAAAAAA';
  await toDeadLetters(writeMessage({ ...readMessage(deliveries.get(signupId)?.body ?? ''), signupId: other }));
  expect(await sendBackDeadLetters(stage, 'classroom')).toBe(1);
  expect((await told(other, 1))?.data).toMatchObject({ outcome: 'existing', afterLostReply: false });
  expect(await messagesIn(academy, Object.values(academy.stack.dlqUrls))).toBe(0);
});
