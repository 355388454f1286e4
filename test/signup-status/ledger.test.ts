import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLedger } from '../../lambdas/aws/table.ts';
import { stateOf } from '../../lambdas/signup-status/state.ts';
import type { Ledger } from '../../lambdas/signups/ledger.ts';
import { type RunningTable, startTable } from '../fixtures/running-table.ts';
import { ended, everyItem, itemWith, now, unavailable, waiting } from './sample-items.ts';
import { worldWith } from './world.ts';

/** The handler over the real ledger adapter. */
let world: RunningTable;
let ledger: Ledger;

beforeAll(async () => {
  world = await startTable();
  ledger = createLedger(world.client, world.table);
});
afterAll(() => world?.close());

const destinationsOf = ({ body = '' }: { body?: string | undefined }): unknown => JSON.parse(body).destinations;

test('tells from a real table what a worker wrote there', async () => {
  await ledger.signups.write(itemWith(waiting(), { destination: 'courses' }), null);
  const { ask } = worldWith([], { readSignup: ledger.signups.read });
  expect(destinationsOf(await ask())).toMatchObject({
    classroom: { state: 'accepted' },
    courses: { state: 'waiting', reason: unavailable },
  });
  await ledger.signups.write(itemWith(ended('created')), null);
  expect(destinationsOf(await ask())).toMatchObject({ classroom: { state: 'created', account: { userId: '9041' } } });
});

test('every kind of item comes back from the table as the same state', async () => {
  for (const [index, item] of everyItem.entries()) {
    const stored = { ...item, id: `kind-${index}` };
    await ledger.signups.write(stored, null);
    expect(stateOf(await ledger.signups.read(stored.id), now)).toEqual(stateOf(item, now));
  }
});

test('an item that is none of ours, and a table that is not there, are a 503', async () => {
  const strange = ledger.sessions;
  const { ask } = worldWith([], {
    readSignup: async () => {
      const session = {
        id: 'strange',
        kind: 'session',
        writeId: '1',
        refused: {},
        slotUntil: 0,
        tokenExpires: 0,
        generation: 0,
      } as const;
      await strange.write(session, null);
      return ledger.signups.read('strange');
    },
  });
  expect(await ask()).toMatchObject({ statusCode: 503 });
  const nowhere = worldWith([], { readSignup: createLedger(world.client, 'no-such-table').signups.read });
  expect(await nowhere.ask()).toMatchObject({ statusCode: 503 });
});
