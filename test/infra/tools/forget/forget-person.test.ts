import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgerSecretName } from '../../../../infra/constructs/names.ts';
import { withoutPerson } from '../../../../infra/tools/forget/erase.ts';
import { forgetPerson } from '../../../../infra/tools/forget/forget-person.ts';
import { createLedger } from '../../../../lambdas/aws/table.ts';
import type { EventData } from '../../../../lambdas/signups/event.ts';
import { type SignupItem, type Step, signupItemSchema } from '../../../../lambdas/signups/ledger.ts';
import { withoutPersonalData } from '../../../../lambdas/signups/personal-data.ts';
import { createSealer, sealBody } from '../../../../lambdas/signups/sealing.ts';
import { writeEvent } from '../../../../lambdas/signups/write-event.ts';
import { check, largest } from '../../example-config.ts';
import { answers } from '../answers.ts';
import { type StageOnStores, stageOnStores } from '../operate/stage-on-stores.ts';

const data: EventData = {
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
};
const event = writeEvent('prod', 'account', 1, data);
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

describe('whose a signup is', () => {
  const key = 'k'.repeat(64);
  const id = (letter: string) => `shop.${letter.repeat(22)}`;
  const person = (email: string) => ({ email, firstName: 'Jo', lastName: 'Bell', locale: null });
  const done = { ...step, name: 'account', state: 'done', run: 1, reason: null } as const;
  let other: StageOnStores;
  beforeAll(async () => {
    other = await stageOnStores(check(largest));
    other.secrets.put(ledgerSecretName('prod'), JSON.stringify({ key }));
    const { signups } = createLedger(other.dynamodb, other.tableName);
    const { body: _body, openIn: _in, openedAt: _at, person: _person, ...blank } = item;
    const put = (letter: string, account: Step, change: Partial<SignupItem> = {}) => {
      const signupId = id(letter);
      const changed = { id: `academy#${signupId}`, signupId, reference: letter, steps: [account], ...change };
      return signups.write({ ...blank, ...changed }, null);
    };
    const kept = (body: string) => sealBody(createSealer(key, 'bodies'), Buffer.from(body).toString('base64'));
    const keptJson = (payload: object) => kept(JSON.stringify(payload));
    const told = (email: string) => writeEvent('prod', 'account', 1, { ...data, person: person(email) });
    const open = { openIn: 'academy', openedAt: item.acceptedAt };
    const rejected = { ...done, outcome: 'rejected', event: told('jo@example.com') } as const;
    await put('a', { ...done, outcome: 'created', event: told('Ann@example.com') });
    await put('b', rejected, { ...open, body: await keptJson({ email: 'joann@example.com' }) });
    await put('c', rejected, { ...open, body: await keptJson({ email: 'jo@example.com', payer: 'ann@example.com' }) });
    await put('d', { ...done, outcome: 'created', event: told('joann@example.com') });
    await put('h', rejected, { ...open, body: await kept('payer=Jo&note=ask+cy@example.com') });
    await put('i', rejected, { ...open, body: await keptJson({ email: 'ask+cy@example.com' }) });
  });
  afterAll(() => other.stop());
  const ledger = () => createLedger(other.dynamodb, other.tableName).signups;

  it('is said with its reference and the reason before anything is erased, and whose address only holds theirs is left alone', async () => {
    const somebody = answers('n');
    expect(await forgetPerson(other, 'ann@example.com', somebody, false)).toBe(
      'Nothing was erased. One signup alone: npm run forget prod ID, or SOURCE/REFERENCE.',
    );
    expect(somebody.asked).toEqual([
      [
        `  ${id('a')} at academy, reference a: told of this person`,
        `  ${id('c')} at academy, reference c: its body mentions the address, and it is told of jo@example.com`,
        "Erase the person from these 2 signups of prod? It can't be undone.",
      ].join('\n'),
    ]);
  });

  it('is for a person to say where an address can’t: the signup that is named is erased alone', async () => {
    expect(await forgetPerson(other, 'shop/c', answers('y'), false)).toMatch(
      new RegExp(`^Erased from ${id('c')} at academy, of prod\\.`),
    );
    expect(await ledger().read(`academy#${id('c')}`)).not.toHaveProperty('body');
    expect(JSON.stringify(await ledger().read(`academy#${id('a')}`))).toContain('Ann@example.com');
    await expect(forgetPerson(other, 'shop/none', answers(), true)).rejects.toThrow(/knows no signup shop\/none/);
  });

  it('takes a plus for a space where the body is a form, and for a part of the address where it is JSON', async () => {
    const somebody = answers('n');
    await forgetPerson(other, 'cy@example.com', somebody, false);
    expect(somebody.asked).toEqual([
      [
        `  ${id('h')} at academy, reference h: its body mentions the address, and it is told of jo@example.com`,
        "Erase the person from this signup of prod? It can't be undone.",
      ].join('\n'),
    ]);
  });

  it('can be told by the account’s username and the vendor’s words where events name nobody; where by nothing, that is an error', async () => {
    expect(await forgetPerson(other, 'nobody@example.com', answers(), true)).toMatch(/knows no signup of nobody/);
    const nameless = writeEvent('prod', 'account', 1, withoutPersonalData(data));
    const omitted = (letter: string, username: string, message: string): SignupItem => {
      const reason = { code: 'vendor-duplicate', message } as const;
      const account = { ...done, outcome: 'existing', event: nameless, account: { username }, reason } as const;
      const { body: _body, openIn: _in, openedAt: _at, ...blank } = item;
      return { ...blank, id: `academy#${id(letter)}`, signupId: id(letter), reference: letter, steps: [account] };
    };
    await ledger().write(omitted('e', 'Bea@example.com', 'is known'), null);
    await ledger().write(omitted('f', 'bea', 'bea@example.com is known'), null);
    await ledger().write(omitted('g', 'joann9041', 'is known'), null);

    await expect(forgetPerson(other, 'nobody@example.com', answers(), true)).rejects.toThrow(
      /^Nothing was erased: no signup of nobody@example\.com was found\.\n3 signups at academy can't be found by an address.*"omit".*npm run forget prod SOURCE\/REFERENCE/,
    );
    const told = await forgetPerson(other, 'bea@example.com', answers(), true);
    expect(told).toMatch(
      new RegExp(`^Erased from ${id('e')} at academy, ${id('f')} at academy, of prod\\.\n1 signup at`),
    );
  });
});
