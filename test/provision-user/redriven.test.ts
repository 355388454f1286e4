import { describe, expect, it } from 'vitest';
import type { RegisterResult } from '../../lambdas/platforms/platform.ts';
import { eventSchema } from '../../lambdas/signups/event.ts';
import type { Mapped } from '../../lambdas/signups/map-signup.ts';
import { createSealer, sealBody } from '../../lambdas/signups/sealing.ts';
import { writeMessage } from '../../lambdas/signups/write-message.ts';
import { ledgerInMemory } from './ledger-in-memory.ts';
import { record } from './records.ts';
import { mappedTo, signup, workerOf } from './worker.ts';

/** A vendor with courses, and the messages about one signup, each with what it is mapped to when it comes. */
function courses(answers: Readonly<Record<string, RegisterResult>> = {}) {
  const ledger = ledgerInMemory();
  const told: string[] = [];
  const asked: string[] = [];
  let writes = 0;
  const arrives = async (mapped: Mapped, body = '') => {
    const worker = workerOf({
      ledger,
      map: async () => mapped,
      over: {
        platform: { credentials: 'none', canLookUp: false, canRegister: true },
        vendor: {
          prepare: ({ email }) => ({ kind: 'ready', personKey: email, loginName: email }),
          open: () => ({
            access: 'direct',
            createAccount: async () => {
              asked.push('account');
              return { kind: 'created', account: { userId: '1' }, notApplied: [] };
            },
            register: async ({ offering }) => {
              asked.push(offering);
              return answers[offering] ?? { kind: 'registered' };
            },
          }),
        },
        publish: async (event) => void told.push(event),
        newId: () => `write-${++writes}`,
      },
    });
    const answer = await worker.handle({
      Records: [{ ...record('ada', { body }), messageId: String(told.length) }],
    });
    expect(answer.batchItemFailures).toEqual([]);
  };
  return {
    asked,
    /** Each event once: the earlier run's is told again before a new run begins. */
    events: () => [...new Set(told)].map((text) => eventSchema.parse(JSON.parse(text)).data),
    arrives,
    redriven: async (mapped: Mapped) => {
      const body = await sealBody(createSealer('the key of the secret', 'bodies'), '');
      const acceptedAt = '2026-11-22T10:17:00.000Z';
      await arrives(
        mapped,
        writeMessage({ kind: 'redrive', signupId: 'shop.ada', source: 'shop', acceptedAt, run: 2, body }),
      );
    },
  };
}

const wrong: Mapped = { kind: 'rejected', message: 'email: is missing', content: 'wrong' };
const refused = { algebra: { kind: 'rejected', message: 'is full' } } as const;

describe('a run after a correction', () => {
  it('tells why the mapping still finds no signup, or that it is none any more', async () => {
    const { arrives, redriven, events, asked } = courses();
    await arrives(wrong);
    await redriven({ kind: 'ignored', why: 'accept' });
    expect(events().map(({ outcome, run, reason }) => [outcome, run, reason?.message])).toEqual([
      ['rejected', 1, 'email: is missing'],
      ['rejected', 2, 'the source’s accept takes this for no signup any more'],
    ]);
    expect(asked).toEqual([]);
  });

  it('registers for offerings that it did not name before, and makes no second account', async () => {
    const { arrives, redriven, events, asked } = courses(refused);
    await arrives(mappedTo({ ...signup, offerings: ['algebra'] }));
    await redriven(mappedTo({ ...signup, offerings: ['algebra', 'biology'] }));
    expect(asked).toEqual(['account', 'algebra', 'algebra', 'biology']);
    expect(events().map(({ outcome, offering, run }) => [outcome, offering, run])).toEqual([
      ['created', null, 1],
      ['rejected', 'algebra', 1],
      ['rejected', 'algebra', 2],
      ['created', 'biology', 2],
    ]);
  });

  it('does not register for an offering that is not named any more', async () => {
    const { arrives, redriven, events, asked } = courses(refused);
    await arrives(mappedTo({ ...signup, offerings: ['algebra'] }));
    await redriven(mappedTo({ ...signup, offerings: [] }));
    expect(asked).toEqual(['account', 'algebra']);
    expect(events().at(-1)).toMatchObject({ outcome: 'rejected', offering: 'algebra', account: { userId: '1' } });
    expect(events().at(-1)?.reason?.message).toContain('does not name this offering any more');
  });
});
