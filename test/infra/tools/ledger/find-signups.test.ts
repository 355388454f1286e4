import { afterAll, beforeAll, expect, it } from 'vitest';
import { findSignups } from '../../../../infra/tools/ledger/find-signups.ts';
import { createLedger } from '../../../../lambdas/aws/table.ts';
import { check, largest } from '../../example-config.ts';
import { type StageOnStores, stageOnStores } from '../operate/stage-on-stores.ts';
import { ended, item, signupId } from './example-item.ts';

let stage: StageOnStores;
beforeAll(async () => {
  stage = await stageOnStores(check(largest));
  const { signups } = createLedger(stage.dynamodb, stage.tableName);
  const account = { username: 'Grace@example.com' };
  const step = { ...ended('account', 'created'), state: 'done', run: 1, outcome: 'created', reason: null } as const;
  const omitted = { ...item(), id: `academy#${signupId}`, destination: 'academy', reference: '1002' };
  await signups.write(item(), null);
  await signups.write({ ...omitted, steps: [{ ...step, event: null, account }] }, null);
});
afterAll(() => stage.stop());

const destinations = async (email: string) =>
  (await findSignups(stage, { kind: 'email', email })).map(({ destination }) => destination);

it('an address finds the signups whose event names it, and those whose account’s username it is', async () => {
  expect(await destinations(' ada@EXAMPLE.com')).toEqual(['classroom']);
  expect(await destinations('grace@example.com')).toEqual(['academy']);
  expect(await destinations('race@example.com')).toEqual([]);
});

it('a reference finds the signups of its source, at every destination', async () => {
  const asked = { kind: 'reference', source: 'shop', reference: '1002' } as const;
  expect((await findSignups(stage, asked)).map(({ destination }) => destination)).toEqual(['academy']);
  expect(await findSignups(stage, { ...asked, source: 'own-site' })).toEqual([]);
});
