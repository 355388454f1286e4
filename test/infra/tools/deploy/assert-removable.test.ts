import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertRemovable } from '../../../../infra/tools/deploy/assert-removable.ts';
import { deployedDestinations } from '../../../../infra/tools/deploy/deployed-destinations.ts';
import { fillSecrets } from '../../../../infra/tools/deploy/fill-secrets.ts';
import { check, largest } from '../../example-config.ts';
import { answers } from '../answers.ts';
import { type StageOnStores, stageOnStores } from '../operate/stage-on-stores.ts';

let stage: StageOnStores;
beforeEach(async () => {
  stage = await stageOnStores(check(largest));
});
afterEach(() => stage.stop());

/** The stage as its next config would have it: without the academy. */
const next = () => ({ ...stage, destinations: ['classroom'] });
const removal = () => assertRemovable(next(), ['academy', 'classroom']);

describe('a destination that the config names no more', () => {
  it('may go when it is empty', async () => {
    await expect(removal()).resolves.toBeUndefined();
  });

  it('may not go with a signup on its way, also while a worker has it or it waits for its time', async () => {
    const QueueUrl = await stage.queueUrl('academy');
    await stage.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
    await expect(removal()).rejects.toThrow(/academy still holds 1 signup on its way[\s\S]*"retired": true/);
    const { Messages = [] } = await stage.sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
    const { ReceiptHandle } = Messages[0] ?? {};
    await stage.sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 900 }));
    await expect(removal()).rejects.toThrow(/1 signup on its way/);
    await stage.sqs.send(new PurgeQueueCommand({ QueueUrl }));
    await expect(removal()).resolves.toBeUndefined();
  });

  it('may not go with a dead letter', async () => {
    const QueueUrl = await stage.deadLetterQueueUrl('academy');
    await stage.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
    await expect(removal()).rejects.toThrow(/academy still holds 1 dead letter/);
  });

  it('may not go with a signup that ended open', async () => {
    const step = {
      name: 'account',
      state: 'done',
      run: 1,
      attempt: 1,
      returns: 0,
      maybeDone: false,
      outcome: 'rejected',
      reason: null,
      event: null,
    };
    const item = {
      ...{ id: 'academy#shop.1', kind: 'signup', signupId: 'shop.1', source: 'shop', destination: 'academy' },
      ...{ run: 1, fence: 1, lease: 0, writeId: 'w', crashes: 0, sentAt: 1, acceptedAt: '2026-11-22T10:00:00.000Z' },
      ...{ messageId: 'm1', content: 'c', sequence: 1, conflicts: [], steps: [step], expires: 4_000_000_000 },
      ...{ openIn: 'academy', openedAt: '2026-11-22T10:00:00.000Z' },
    };
    await stage.dynamodb.send(new PutItemCommand({ TableName: stage.tableName, Item: marshall(item) }));
    await expect(removal()).rejects.toThrow(
      /1 signup that ended rejected, failed or unknown[\s\S]*npm run redrive prod/,
    );
  });

  it('is not asked after when it was never deployed', async () => {
    await expect(assertRemovable(next(), ['gone-long-ago'])).resolves.toBeUndefined();
  });
});

it('finds a stage’s destinations by their queues, and no other stage’s, mailer’s or listener’s', async () => {
  const queues = ['matriculate-prod-eu-classroom', 'matriculate-prod-welcome-mailer'];
  for (const name of queues)
    for (const QueueName of [name, `${name}-dlq`]) await stage.sqs.send(new CreateQueueCommand({ QueueName }));
  await stage.sqs.send(new CreateQueueCommand({ QueueName: 'matriculate-prod-listen-1234' }));
  const found = await deployedDestinations(stage.sqs, 'prod', ['dev', 'prod', 'prod-eu']);
  expect(found).toEqual(['academy', 'classroom']);
});

describe('the secrets that are empty after a deployment', () => {
  it('are asked for, and what is typed wrong is left for later', async () => {
    stage.secrets.put('matriculate/prod/sources/own-site', '{"keys":["a-key-of-our-own-site"]}');
    const said: string[] = [];
    const somebody = answers('', 'no-number', 'k'.repeat(32), 'access', 'secret-key');
    await fillSecrets(stage, somebody, (text) => said.push(text));
    expect(somebody.asked.map((question) => /\w+\/[\w-]+/.exec(question)?.[0])).toEqual([
      'sources/shop',
      'destinations/classroom',
      'destinations/classroom',
      'destinations/academy',
      'destinations/academy',
    ]);
    expect(said[0]).toMatch(/sources\/shop of prod is set/);
    expect(said[1]).toMatch(/cid must be .*Later: npm run secrets prod set destinations\/classroom/);
  });

  it('are named where nobody is at the terminal', async () => {
    const said: string[] = [];
    await fillSecrets(stage, undefined, (text) => said.push(text));
    expect(said).toHaveLength(4);
    expect(said[0]).toBe('sources/shop is empty: npm run secrets prod set sources/shop');
  });
});
