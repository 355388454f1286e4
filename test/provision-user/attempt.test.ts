import { describe, expect, it } from 'vitest';
import type { AccountResult } from '../../lambdas/platforms/platform.ts';
import type { ProvisionDeps } from '../../lambdas/provision-user/deps.ts';
import { eventSchema } from '../../lambdas/signups/event.ts';
import { config } from './config.ts';
import { record } from './records.ts';
import { now } from './signup-items.ts';
import { mappedTo, signup, type Worker, workerOf } from './worker.ts';

/** What a worker told of its first signup that ended. */
const ended = ({ told }: Worker) => eventSchema.parse(JSON.parse(told[0] ?? 'null')).data;
const persons = ({ ledger }: Worker) => [...ledger.items.values()].filter(({ kind }) => kind === 'person');
const step = ({ ledger }: Worker) => ledger.items.get('classroom#shop.ada');
const allowingDuplicates = { ...config, destination: { ...config.destination, duplicates: 'allowed' as const } };

/** Works on one signup, again and again, each time with the vendor's next answer. */
async function meeting(answers: readonly AccountResult[], over: Partial<ProvisionDeps> = {}): Promise<Worker> {
  let time = now;
  let receiveCount = 0;
  const worker = workerOf({
    create: async () => answers[receiveCount - 1] ?? expect.fail('a call too many'),
    over: { now: () => time, ...over },
  });
  for (const _answer of answers) {
    receiveCount++;
    await worker.handle({ Records: [record('ada', { receiveCount })] });
    time += 3_600_000;
  }
  return worker;
}

describe('no vendor hears', () => {
  it('of a role that the destination does not hand out', async () => {
    const worker = workerOf({ map: async () => mappedTo({ ...signup, role: 'administrator' }) });
    await worker.handle({ Records: [record('ada')] });
    expect(worker.calls).toEqual([]);
    expect(ended(worker)).toMatchObject({ outcome: 'rejected', reason: { code: 'mapping' } });
    expect(ended(worker).reason?.message).toMatch(/^role: administrator is not among .* \(student\)$/);
  });

  it('of a person that the platform has no room for, and the platform says why', async () => {
    const vendor = {
      prepare: () => ({ kind: 'rejected', message: 'username: is too long' }) as const,
      open: () => ({ problem: 'nobody should ask' }),
    };
    const worker = workerOf({ over: { vendor } });
    await worker.handle({ Records: [record('ada')] });
    expect(ended(worker)).toMatchObject({
      outcome: 'rejected',
      reason: { code: 'mapping', message: 'username: is too long' },
    });
  });

  it('of a signup whose time was over before its call: it waits, and may not be done', async () => {
    const worker = workerOf({ over: { withDeadline: (_milliseconds, run) => run(AbortSignal.abort()) } });
    const answer = await worker.handle({ Records: [record('ada')] });
    expect(answer.batchItemFailures).toHaveLength(1);
    expect(worker.calls).toEqual([]);
    expect(step(worker)).toMatchObject({ steps: [{ state: 'waiting', maybeDone: false }] });
  });
});

it('a call is made under a claim that holds for the whole lease', async () => {
  const worker: Worker = workerOf({
    create: async () => {
      expect(step(worker)).toMatchObject({ lease: now + config.timeLimits.leaseMs, steps: [{ state: 'calling' }] });
      return { kind: 'created', account: {}, notApplied: [] };
    },
  });
  await worker.handle({ Records: [record('ada')] });
  expect(ended(worker).outcome).toBe('created');
});

describe('where the vendor allows duplicates, the person', () => {
  it.each([
    { kind: 'not-done', message: 'busy' },
    { kind: 'rejected', message: 'no' },
    { kind: 'credentials-refused', message: 'no' },
    { kind: 'token-refused', message: 'no' },
  ] as const)('is given back after a call that was certainly not carried out: $kind', async (answer) => {
    expect(persons(await meeting([answer], { config: allowingDuplicates }))).toEqual([]);
  });

  it.each([
    { kind: 'created', account: {}, notApplied: [] },
    { kind: 'nobody-knows', message: 'cut' },
  ] as const)('is kept after a call that was, or may have been: $kind', async (answer) => {
    expect(persons(await meeting([answer], { config: allowingDuplicates }))).toHaveLength(1);
  });
});

describe('after a lost reply', () => {
  const lost: AccountResult = { kind: 'nobody-knows', message: 'cut' };

  it('a refusal is no rejection: the first call may have made the account', async () => {
    const worker = await meeting([lost, { kind: 'rejected', message: 'no room' }]);
    expect(ended(worker)).toMatchObject({ outcome: 'unknown', reason: { message: 'no room' } });
  });

  it('a duplicate is the account of the first call', async () => {
    const duplicate = { kind: 'duplicate', message: 'is taken', account: { userId: '7' }, notApplied: [] } as const;
    const worker = await meeting([lost, duplicate]);
    expect(ended(worker)).toMatchObject({ outcome: 'existing', afterLostReply: true, account: { userId: '7' } });
  });
});

it('what the vendor warns of with an account is logged', async () => {
  const account = { kind: 'created', account: {}, notApplied: [] } as const;
  expect((await meeting([{ ...account, warning: 'the course is full' }])).logged.join()).toContain(
    'the course is full',
  );
  expect((await meeting([account])).logged.join()).not.toContain('with a warning');
});
