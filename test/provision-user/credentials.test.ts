import { describe, expect, it } from 'vitest';
import type { AccountResult, PlatformTraits } from '../../lambdas/platforms/platform.ts';
import { eventSchema } from '../../lambdas/signups/event.ts';
import { createSealer, sealBody } from '../../lambdas/signups/sealing.ts';
import type { Signup } from '../../lambdas/signups/signup.ts';
import { writeMessage } from '../../lambdas/signups/write-message.ts';
import { createRecipient } from '../fixtures/recipient.ts';
import { config } from './config.ts';
import { record } from './records.ts';
import { mappedTo, signup, workerOf } from './worker.ts';

const mailer = await createRecipient('mailer-1');
const made = { username: 'ada9041', password: 'made by the vendor' };
const chosen = { password: 'chosen by Ada' };
const created: AccountResult = { kind: 'created', account: {}, notApplied: [] };
const createdWith: AccountResult = { ...created, credentials: made };
const lost: AccountResult = { kind: 'nobody-knows', message: 'the reply was lost' };

interface School {
  readonly makes: PlatformTraits['credentials'];
  readonly answer: AccountResult;
  readonly brings?: Partial<Signup>;
  readonly recipients?: readonly (typeof mailer.publicKey)[];
}

/** A school that takes a second account for the same person, and where nobody can ask: a lost reply ends a signup `unknown`. */
function school({ makes, answer, brings = {}, recipients = [mailer.publicKey] }: School) {
  const { handle, told } = workerOf({
    create: async () => answer,
    map: async () => mappedTo({ ...signup, ...brings }),
    over: {
      config: { ...config, destination: { ...config.destination, duplicates: 'allowed', recipients } },
      platform: { credentials: makes, canLookUp: false, canRegister: false },
    },
  });
  const work = async (message: ReturnType<typeof record>) => {
    await handle({ Records: [message] });
    return eventSchema.parse(JSON.parse(told.at(-1) ?? 'null'));
  };
  return {
    signUp: (name: string) => work(record(name)),
    find: async (name: string) => {
      const found = {
        kind: 'resolve',
        signupId: `shop.${name}`,
        source: 'shop',
        acceptedAt: '2026-11-22T10:17:00.000Z',
        run: 2,
        verdict: 'exists',
        body: await sealBody(createSealer('the key of the secret', 'bodies'), ''),
      } as const;
      return work({ ...record(name), messageId: `${name} was found`, body: writeMessage(found) });
    },
  };
}

describe('of an account that was created', () => {
  it('are told as the vendor made them, encrypted to whoever receives them', async () => {
    const event = await school({ makes: 'vendor-made', answer: createdWith }).signUp('ada');
    expect(event.data).toMatchObject({ outcome: 'created', credentials: { state: 'encrypted' } });
    expect(await mailer.decrypt(event)).toEqual(made);
  });

  it.each<[string, School, unknown]>([
    [
      'told to nobody where nobody receives them',
      { makes: 'vendor-made', answer: createdWith, recipients: [] },
      { state: 'discarded' },
    ],
    ['lost where the vendor’s reply does not hold them', { makes: 'vendor-made', answer: created }, { state: 'lost' }],
    [
      'the person’s own where the signup brought a password',
      { makes: 'ours', answer: created, brings: chosen },
      { state: 'chosen' },
    ],
    [
      'discarded where we made them for nobody',
      { makes: 'ours', answer: created, recipients: [] },
      { state: 'discarded' },
    ],
    ['none where the platform has none', { makes: 'none', answer: created }, null],
  ])('are %s', async (_, at, credentials) => {
    const { data } = await school(at).signUp('ada');
    expect(data).toMatchObject({ outcome: 'created', credentials });
  });
});

describe('of a call whose reply was lost, and of its account when a person has found it,', () => {
  it.each<[string, School, unknown]>([
    ['lost where the vendor made them', { makes: 'vendor-made', answer: lost }, { state: 'lost' }],
    [
      'the person’s own where the signup brought a password',
      { makes: 'ours', answer: lost, brings: chosen },
      { state: 'chosen' },
    ],
    ['none where the platform has none', { makes: 'none', answer: lost }, null],
  ])('are %s', async (_, at, credentials) => {
    const { signUp, find } = school(at);
    expect((await signUp('ada')).data).toMatchObject({ outcome: 'unknown', credentials });
    expect((await find('ada')).data).toMatchObject({ outcome: 'existing', credentials });
  });
});

it('of an account that only another signup can have made, that signup tells', async () => {
  const { signUp, find } = school({ makes: 'ours', answer: lost });
  expect((await signUp('first')).data).toMatchObject({ outcome: 'unknown', credentials: { state: 'unconfirmed' } });
  expect((await signUp('second')).data).toMatchObject({ outcome: 'unknown', credentials: null });
  expect((await find('second')).data).toMatchObject({ outcome: 'existing', credentials: { state: 'existing' } });
});
