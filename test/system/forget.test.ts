import { afterAll, beforeAll, expect, it } from 'vitest';
import { forgetPerson } from '../../infra/tools/forget/forget-person.ts';
import { answers } from '../infra/tools/answers.ts';
import { type Academy, openAcademy } from './academy.ts';
import { operatedAcademy } from './operated-academy.ts';

let academy: Academy;
beforeAll(async () => {
  academy = await openAcademy({
    sources: { shop: { preset: 'standard-webhooks' } },
    destinations: { classroom: { platform: 'electa', credentials: ['mailer'], duplicates: 'allowed' } },
  });
});
afterAll(() => academy.stop());

const ada = { email: 'Ada.Byron@example.com', first_name: 'Ada', last_name: 'Byron', reference: 'order-1001' };
const forget = (email: string, ...typed: string[]) =>
  forgetPerson(operatedAcademy(academy), email, answers(...typed), false);

it('erases a person from what ended well and from what is open, and still recognises them', async () => {
  const made = await academy.post(ada, { webhookId: 'msg_made' });
  const created = await academy.ended(made.signupId, 'classroom');
  const rejected = await academy.post({ ...ada, first_name: 'A\u0000' }, { webhookId: 'msg_rejected' });
  await academy.ended(rejected.signupId, 'classroom');
  const grace = { email: 'grace@example.com', first_name: 'Grace', last_name: 'Hopper' };
  const other = await academy.post(grace);
  await academy.ended(other.signupId, 'classroom');
  const userId = String(created.data.account?.userId);
  expect(await academy.ledger()).toMatch(new RegExp(`Byron.*${userId}|${userId}.*Byron`));

  expect(await forget(ada.email, 'n')).toMatch(/^Nothing was erased\./);
  expect(await academy.ledger()).toContain('Byron');

  const told = await forget('ada.byron@EXAMPLE.com', 'y');
  expect(told).toContain(made.signupId);
  expect(told).toContain(rejected.signupId);
  expect(told).not.toContain(other.signupId);
  const ledger = await academy.ledger();
  expect(ledger).not.toMatch(/Byron|Ada\.|order-1001/);
  // The other person's is the only JWE that is left.
  expect(ledger.split('ciphertext')).toHaveLength(2);
  expect(ledger).not.toContain(`\\"userId\\":\\"${userId}\\"`);
  expect(ledger).toContain('Hopper');

  // A redelivery tells nobody of them again; a second signup of the same person makes no second account.
  const before = academy.events.length;
  await academy.post(ada, { webhookId: 'msg_made' });
  const again = await academy.post(ada, { webhookId: 'msg_again' });
  expect((await academy.ended(again.signupId, 'classroom')).data.outcome).toBe('existing');
  expect(academy.events.slice(before).map(({ subject }) => subject)).toEqual([again.signupId]);
  expect(academy.stack.simulators.classroom?.accounts().filter(({ email }) => email === ada.email)).toHaveLength(1);
});

it('says that it knows nobody of that name, and what it does not reach', async () => {
  expect(await forget('nobody@example.com')).toMatch(
    /knows no signup of nobody@example\.com[\s\S]*account at the vendor/,
  );
});
