import { describe, expect, it } from 'vitest';
import type { AccountCalls } from '../../lambdas/platforms/platform.ts';
import { eventSchema } from '../../lambdas/signups/event.ts';
import { config } from './config.ts';
import { ledgerInMemory } from './ledger-in-memory.ts';
import { record } from './records.ts';
import { now } from './signup-items.ts';
import { mappedTo, signup, type Worker, workerOf } from './worker.ts';

const failedOf = (failed: string[]) => ({ batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) });

describe('a batch', () => {
  it('that ends well is acknowledged whole, and each signup is told once', async () => {
    const { handle, told } = workerOf();
    expect(await handle({ Records: [record('ada'), record('grace')] })).toEqual(failedOf([]));
    expect(told).toHaveLength(2);
  });

  it('answers exactly for the record that must wait, and says when it comes back', async () => {
    const { handle, visibilities } = workerOf({
      map: async (body) => mappedTo({ ...signup, email: `${Buffer.from(body).toString()}@example.com` }),
      create: async (email) =>
        email.startsWith('ada') ? { kind: 'not-done', message: 'busy', retryAfterMs: 7_000 } : created,
    });
    expect(await handle({ Records: [record('ada'), record('grace')] })).toEqual(failedOf(['ada']));
    expect(visibilities).toEqual([['receipt of ada', 7]]);
  });

  it('lets no message sleep longer than the longest pause, though the vendor asked for hours', async () => {
    const { handle, visibilities, ledger } = workerOf({ create: busyForSixHours });
    await handle({ Records: [record('ada')] });
    expect(visibilities).toEqual([['receipt of ada', longestPauseSeconds]]);
    expect(ledger.items.get('classroom#shop.ada')).toMatchObject({ steps: [{ notBefore: now + 6 * hour }] });
  });

  it('tells again that a signup waits whose message comes before its time, and writes nothing', async () => {
    const { handle, visibilities, ledger, logged, calls } = workerOf({ create: busyForSixHours });
    await handle({ Records: [record('ada')] });
    const [told, held] = [logged.splice(0).slice(-3), structuredClone(ledger.items)];
    for (let receiveCount = 2; receiveCount < 10; receiveCount++)
      expect(await handle({ Records: [record('ada', { receiveCount })] })).toEqual(failedOf(['ada']));
    expect(logged).toEqual(Array.from({ length: 8 }, () => told).flat());
    expect(told).toContainEqual(expect.stringContaining('"reason":"vendor-unavailable"'));
    expect(ledger.items).toEqual(held);
    expect(calls).toHaveLength(1);
    expect(visibilities).toContainEqual(['receipt of ada', longestPauseSeconds]);
  });

  it('does not fail for a record that is none of ours: it comes back until the DLQ takes it', async () => {
    const { handle, visibilities, logged } = workerOf();
    const records = [record('ada'), record('alien', { body: '{"password":"canary"}' })];
    expect(await handle({ Records: records })).toEqual(failedOf(['alien']));
    expect(visibilities).toEqual([['receipt of alien', 1]]);
    expect(logged.join()).not.toContain('canary');
  });

  it('brings back what broke, ever later, up to a quarter of an hour', async () => {
    const waits: number[] = [];
    for (const receiveCount of [1, 5, 50]) {
      const worker = workerOf({
        over: { secrets: { current: broken, previous: broken, refreshed: broken }, random: () => 0.999_999 },
      });
      await worker.handle({ Records: [record('ada', { receiveCount })] });
      waits.push(worker.visibilities[0]?.[1] ?? 0);
    }
    expect(waits).toEqual([2, 32, 900]);
  });

  it('tells how long a signup has waited that could not be written down, so that somebody is paged', async () => {
    const metrics: unknown[] = [];
    const { handle } = workerOf({
      over: {
        secrets: { current: broken, previous: broken, refreshed: broken },
        observer: { info: unheard, warn: unheard, error: unheard, metric: (...said) => metrics.push(said) },
      },
    });
    await handle({ Records: [record('ada', { receiveCount: 9, sentAt: now - 7_200_000 })] });
    expect(metrics).toEqual([
      ['WaitingSeconds', 7_200, { destination: 'classroom' }],
      ['WaitingSeconds', 7_200, { destination: 'classroom', reason: 'broken' }],
    ]);
  });

  it('is answered all the same where the queue does not take a new visibility', async () => {
    const { handle } = workerOf({
      create: async () => ({ kind: 'not-done', message: 'busy' }),
      over: { changeVisibility: broken },
    });
    expect(await handle({ Records: [record('ada')] })).toEqual(failedOf(['ada']));
  });
});

describe('a second signup of a person, where the vendor allows duplicates,', () => {
  const both = (account: Partial<AccountCalls>) => {
    let ids = 0;
    return workerOf({
      over: {
        config: { ...config, destination: { ...config.destination, duplicates: 'allowed' } },
        newId: () => `write-${++ids}`,
        vendor: {
          prepare: ({ email }) => ({ kind: 'ready', personKey: email, loginName: email }),
          open: () => ({ access: 'direct', createAccount: async () => created, ...account }),
        },
      },
    });
  };
  const ended = async ({ handle, told }: Worker) => {
    await handle({ Records: [record('first')] });
    await handle({ Records: [record('second')] });
    return eventSchema.parse(JSON.parse(told[1] ?? '')).data;
  };

  it('is told of the account as the vendor has it, where it can be asked', async () => {
    const lookUp = async () => ({ kind: 'exists', account: { userId: '7' }, notApplied: ['phone'] }) as const;
    expect(await ended(both({ lookUp }))).toMatchObject({
      outcome: 'existing',
      account: { userId: '7' },
      notApplied: ['phone'],
    });
  });

  it.each([
    ['can not be asked', {}],
    ['does not answer', { lookUp: async () => ({ kind: 'not-done', message: 'busy' }) as const }],
  ])('is told that it exists, and no more, where the vendor %s', async (_what, account) => {
    expect(await ended(both(account))).toMatchObject({ outcome: 'existing', account: { userId: null } });
  });
});

describe('a message of a source that this function does not know', () => {
  it('waits, and tells so, where it came after a run had ended: it may be a correction', async () => {
    const ledger = ledgerInMemory();
    const rejects = async () => ({ kind: 'rejected', message: 'email: is missing', content: 'wrong' }) as const;
    await workerOf({ ledger, map: rejects }).handle({ Records: [record('ada')] });
    const correction = { ...record('ada', { sentAt: now + 1 }), messageId: 'the correction' };
    const deaf = workerOf({ ledger, over: { mapperOf: () => undefined } });
    expect(await deaf.handle({ Records: [correction] })).toEqual(failedOf(['the correction']));
    expect(deaf.visibilities).toEqual([['receipt of ada', 900]]);
    expect(deaf.logged).toContainEqual(expect.stringMatching(/^."WaitingSeconds".*"reason":"source-unknown"/));
    const knowing = workerOf({ ledger, over: { newId: () => 'later' } });
    expect(await knowing.handle({ Records: [correction] })).toEqual(failedOf([]));
    expect(knowing.calls).toEqual(['ada@example.com']);
  });
});

describe('suspects', () => {
  it('come last, one of them: the others are handed back at once, untouched', async () => {
    const order: string[] = [];
    const worker = workerOf({
      map: async (body) => {
        order.push(Buffer.from(body).toString());
        return mappedTo(signup);
      },
    });
    const records = [record('suspect', { receiveCount: 2 }), record('another', { receiveCount: 3 }), record('ada')];
    expect(await worker.handle({ Records: records })).toEqual(failedOf(['another']));
    expect(order).toEqual(['ada', 'suspect']);
    expect(worker.visibilities).toEqual([['receipt of another', 0]]);
    expect(worker.ledger.items.has('classroom#shop.another')).toBe(false);
  });

  const workerWhoseCallsTake = (milliseconds: number) => {
    let time = now;
    const create = async () => {
      time += milliseconds;
      return created;
    };
    return workerOf({ create, over: { now: () => time } });
  };

  it('are handed back untouched where the others took so long that the function could end before them', async () => {
    const worker = workerWhoseCallsTake(15_000);
    const records = [record('suspect', { receiveCount: 3 }), record('ada')];
    expect(await worker.handle({ Records: records })).toEqual(failedOf(['suspect']));
    expect(worker.visibilities).toEqual([['receipt of suspect', 4]]);
    expect(worker.ledger.items.has('classroom#shop.suspect')).toBe(false);
  });

  it('are touched where there is just time enough', async () => {
    const records = [record('suspect', { receiveCount: 3 }), record('ada')];
    expect(await workerWhoseCallsTake(14_999).handle({ Records: records })).toEqual(failedOf([]));
  });

  it('are counted before they are touched', async () => {
    const worker = workerOf({ map: () => new Promise(() => undefined) });
    void worker.handle({ Records: [record('ada', { receiveCount: 2 })] });
    await new Promise((resolve) => setImmediate(resolve));
    expect(worker.ledger.items.get('classroom#shop.ada')).toMatchObject({ crashes: 1, lease: now + 90_000 });
  });

  it('count no crash over which their worker lived on', async () => {
    let reads = 0;
    const worker = workerOf({
      map: async () => {
        reads++;
        throw new Error('no memory');
      },
    });
    for (let receiveCount = 2; receiveCount < 20; receiveCount++)
      await worker.handle({ Records: [record('ada', { receiveCount })] });
    expect(reads).toBe(18);
    expect(worker.ledger.items.get('classroom#shop.ada')).toMatchObject({ crashes: 0 });
  });
});

const hour = 3_600_000;
const longestPauseSeconds = (72 * 3600) / 200;
const busyForSixHours = async () => ({ kind: 'not-done', message: 'busy', retryAfterMs: 6 * hour }) as const;
const created = { kind: 'created', account: {}, notApplied: [] } as const;
const unheard = () => undefined;
const broken = async () => {
  throw new Error('out of reach');
};
