import { afterAll, beforeAll, expect, it } from 'vitest';
import { withoutPerson } from '../../../../infra/tools/forget/erase.ts';
import { forgetPerson } from '../../../../infra/tools/forget/forget-person.ts';
import { createLedger } from '../../../../lambdas/aws/table.ts';
import { type SignupItem, signupItemSchema } from '../../../../lambdas/signups/ledger.ts';
import { writeEvent } from '../../../../lambdas/signups/write-event.ts';
import { check, largest } from '../../example-config.ts';
import { answers } from '../answers.ts';
import { type StageOnStores, stageOnStores } from '../operate/stage-on-stores.ts';

const event = writeEvent('prod', 'account', 1, {
  outcome: 'created',
  signupId: 'shop.ada',
  run: 1,
  reference: '1001',
  source: 'shop',
  destination: 'academy',
  platform: 'digitalchalk-soap',
  person: { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace', locale: null },
  account: { userId: '9041', username: 'ada9041', role: 'student' },
  offering: null,
  registrationId: null,
  loginUrl: null,
  credentials: null,
  notApplied: [],
  context: { order: 'for Ada' },
  reason: null,
  attempts: 1,
  afterLostReply: false,
  acceptedAt: '2026-11-22T10:00:00.000Z',
  finishedAt: '2026-11-22T10:00:01.000Z',
});
const step = { attempt: 1, returns: 0, maybeDone: false };
const item: SignupItem = {
  id: 'academy#shop.ada',
  kind: 'signup',
  signupId: 'shop.ada',
  source: 'shop',
  destination: 'academy',
  run: 1,
  fence: 1,
  lease: 0,
  writeId: 'w1',
  crashes: 0,
  messageId: 'm1',
  sentAt: 1,
  acceptedAt: '2026-11-22T10:00:00.000Z',
  content: 'keyed-hash',
  reference: '1001',
  sequence: 1,
  person: 'academy#person#keyed-hash',
  conflicts: [],
  body: 'a-jwe',
  steps: [
    {
      ...step,
      name: 'account',
      state: 'done',
      run: 1,
      account: { userId: '9041', username: 'ada9041' },
      outcome: 'created',
      reason: { code: 'vendor-duplicate', message: 'ada@example.com is known' },
      event,
      password: { sealed: 'a-jwe', credentials: null },
    },
  ],
  expires: 4_000_000_000,
  openIn: 'academy',
  openedAt: '2026-11-22T10:00:01.000Z',
};

let stage: StageOnStores;
beforeAll(async () => {
  stage = await stageOnStores(check(largest));
});
afterAll(() => stage.stop());

it('leaves of a signup what recognises it, and nothing that says who it was', () => {
  const left = withoutPerson(item);
  expect(signupItemSchema.safeParse(left).success).toBe(true);
  expect(left).toMatchObject({
    id: item.id,
    content: 'keyed-hash',
    person: item.person,
    sequence: 1,
    steps: [{ outcome: 'created', event: null }],
  });
  expect(left.writeId).not.toBe(item.writeId);
  expect(JSON.stringify(left)).not.toMatch(/ada@|9041|1001|a-jwe|Lovelace|openIn/);
});

it('erases nothing while a step of the signup is still being worked on', async () => {
  const { signups } = createLedger(stage.dynamodb, stage.tableName);
  const reason = { code: 'vendor-unavailable', message: 'busy' } as const;
  const registration = { ...step, name: 'registration:12', state: 'waiting', notBefore: 1, reason } as const;
  const { openIn: _in, openedAt: _at, ...rest } = item;
  const busy: SignupItem = { ...rest, steps: [...item.steps, registration] };
  await signups.write(busy, null);
  await expect(forgetPerson(stage, 'ada@example.com', answers('y'), false)).rejects.toThrow(
    /Nothing was erased: shop\.ada at academy is under way/,
  );
  expect(await signups.read(item.id)).toEqual(busy);

  await signups.write({ ...item, writeId: 'w2' }, 'w1');
  expect(await forgetPerson(stage, 'ada@example.com', answers(), true)).toMatch(/^Erased from shop\.ada at academy/);
  expect(JSON.stringify(await signups.read(item.id))).not.toContain('ada@example.com');
});
