import { describe, expect, it } from 'vitest';
import type { AccountResult } from '../../lambdas/platforms/platform.ts';
import { ledgerInMemory } from './ledger-in-memory.ts';
import { record } from './records.ts';
import { now } from './signup-items.ts';
import { mappedTo, signup, workerOf } from './worker.ts';

const busy: AccountResult = { kind: 'not-done', message: 'busy' };
const created: AccountResult = { kind: 'created', account: { userId: '1' }, notApplied: [] };

/** A signup after its first delivery, which met this answer; an hour later the sender's copy comes, over which a worker has died. */
async function signedUp(answer: AccountResult) {
  const ledger = ledgerInMemory();
  let time = now;
  let writes = 0;
  const workerThatReads = (email: string, reads: 'well' | 'not' = 'well') =>
    workerOf({
      ledger,
      create: async () => answer,
      map: async () => {
        if (reads === 'not') throw new Error('unreadable');
        return mappedTo({ ...signup, email });
      },
      over: { now: () => time, newId: () => `write-${++writes}` },
    });
  await workerThatReads('ada@example.com').handle({ Records: [record('ada')] });
  time += 3_600_000;
  const copy = { ...record('ada', { receiveCount: 2, sentAt: now + 1 }), messageId: 'the sender’s copy' };
  return {
    item: () => ledger.items.get('classroom#shop.ada'),
    copyComes: async (...as: Parameters<typeof workerThatReads>) => {
      const worker = workerThatReads(...as);
      const { batchItemFailures } = await worker.handle({ Records: [copy] });
      return { calls: worker.calls, told: worker.told, comesBack: batchItemFailures.length > 0 };
    },
  };
}

describe('a copy that comes late, and over which a worker may have died,', () => {
  it.each(['ada@example.com', 'another@example.com'])(
    'is counted no more when it was read in order after the end, whatever it says: %s',
    async (email) => {
      const { item, copyComes } = await signedUp(created);
      expect(await copyComes(email)).toMatchObject({ calls: [], told: [expect.any(String)], comesBack: false });
      expect(item()).toMatchObject({ crashes: 0, lease: 0 });
    },
  );

  it('is counted no more when its reading failed in order, and comes back', async () => {
    const { item, copyComes } = await signedUp(created);
    expect(await copyComes('ada@example.com', 'not')).toMatchObject({ told: [], comesBack: true });
    expect(item()).toMatchObject({ crashes: 0 });
  });

  it('goes on with a run that has lost its own message, if it says the same', async () => {
    const { copyComes } = await signedUp(busy);
    expect(await copyComes('ada@example.com')).toMatchObject({ calls: ['ada@example.com'] });
  });

  it('gives the run back as it was, if it says something else', async () => {
    const { item, copyComes } = await signedUp(busy);
    expect(await copyComes('another@example.com')).toEqual({ calls: [], told: [], comesBack: true });
    expect(item()).toMatchObject({ crashes: 0, lease: 0 });
  });
});
