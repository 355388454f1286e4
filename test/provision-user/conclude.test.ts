import { describe, expect, it } from 'vitest';
import { conclude, returnOrGiveUp } from '../../lambdas/provision-user/conclude.ts';
import { markSuspect } from '../../lambdas/provision-user/transitions.ts';
import { currentStep, type SignupItem } from '../../lambdas/signups/ledger.ts';
import { ledgerInMemory } from './ledger-in-memory.ts';
import { calling, now, stamp } from './signup-items.ts';
import { signup, workerOf } from './worker.ts';

const keepBody = async () => 'sealed';
const because = { code: 'vendor-unavailable', message: 'the vendor is down' } as const;
const claimed = calling(now);
const draft = { item: claimed, seen: claimed.writeId };
const conclusion = { outcome: 'created', reason: null, signup, account: { userId: '7' } } as const;

const found = (ledger: ReturnType<typeof ledgerInMemory>): SignupItem => {
  const held = ledger.items.get(claimed.id);
  return held?.kind === 'signup' ? held : expect.fail('the ledger has no such signup');
};

describe('the end of a run', () => {
  it('is durable before it is told, and what is told is what is durable', async () => {
    const ledger = ledgerInMemory(claimed);
    const told: string[] = [];
    const publish = async (event: string) => {
      const step = currentStep(found(ledger));
      expect(step.state === 'done' && step.event).toBe(event);
      told.push(event);
    };
    const { deps } = workerOf({ ledger, over: { publish } });
    expect(await conclude(deps, draft, conclusion, keepBody)).toEqual({ kind: 'finished' });
    expect(JSON.parse(told[0] ?? '')).toMatchObject({
      id: 'shop.1/classroom/account/1',
      sequence: '0000000003',
      type: 'matriculate.account.created.v1',
      data: { outcome: 'created', account: { userId: '7' }, attempts: 1 },
    });
  });

  it('is not told by a worker that lost its claim', async () => {
    const theirs = { ...claimed, writeId: 'theirs' };
    const { deps, told } = workerOf({ ledger: ledgerInMemory(theirs) });
    expect(await conclude(deps, draft, conclusion, keepBody)).toEqual({ kind: 'lost-race', found: theirs });
    expect(told).toEqual([]);
  });

  it('stays where the topic does not take it: the message must come back', async () => {
    const ledger = ledgerInMemory(claimed);
    const publish = () => Promise.reject(new Error('no topic'));
    const { deps } = workerOf({ ledger, over: { publish } });
    await expect(conclude(deps, draft, conclusion, keepBody)).rejects.toThrow('no topic');
    expect(currentStep(found(ledger)).state).toBe('done');
  });

  it('keeps the body of an open outcome only', async () => {
    const open = ledgerInMemory(claimed);
    await conclude(workerOf({ ledger: open }).deps, draft, { outcome: 'rejected', reason: because }, keepBody);
    expect(found(open).body).toBe('sealed');
    const final = ledgerInMemory(claimed);
    await conclude(workerOf({ ledger: final }).deps, draft, conclusion, () => expect.fail('it was sealed'));
    expect(found(final).body).toBeUndefined();
  });
});

describe('an orderly return', () => {
  const wait = { reason: because, maybeDone: false };
  const patience = 72 * 3_600_000;
  const returned = (sentAt: number, maybeDone: boolean, from = claimed) => {
    const signupItem = { ...from, sentAt };
    const ledger = ledgerInMemory(signupItem);
    const worker = workerOf({ ledger });
    const pass = returnOrGiveUp(
      worker.deps,
      { item: signupItem, seen: stamp.writeId },
      { ...wait, maybeDone },
      () => ({ signup }),
      keepBody,
    );
    return pass.then((verdict) => ({ verdict, step: currentStep(found(ledger)), told: worker.told }));
  };

  it('is written before the message goes back, and nobody is told', async () => {
    const { verdict, step, told } = await returned(now, false);
    expect(verdict).toEqual({ kind: 'come-back', at: now + 1_000 });
    expect(step).toMatchObject({ state: 'waiting', notBefore: now + 1_000, reason: because });
    expect(told).toEqual([]);
  });

  it('is logged without the e-mail address that a vendor’s words may quote', async () => {
    const { deps, logged } = workerOf({ ledger: ledgerInMemory(claimed) });
    const reason = { code: 'vendor-unavailable', message: 'busy with ada@example.com (code 8)' } as const;
    await returnOrGiveUp(deps, draft, { reason, maybeDone: false }, () => ({ signup }), keepBody);
    expect(logged.join()).toContain('busy with [e-mail address] (code 8)');
    expect(logged.join()).not.toContain('ada@');
  });

  it('comes once more at the very end of its patience, and then gives up', async () => {
    const last = await returned(now - patience + 500, false);
    expect(last.verdict).toEqual({ kind: 'come-back', at: now + 500 });
    const over = await returned(now - patience, false);
    expect(over.step).toMatchObject({ state: 'done', outcome: 'failed', reason: { code: 'gave-up' } });
    expect(over.told).toHaveLength(1);
  });

  it('that gives up in doubt, from now or from before, is unknown', async () => {
    expect((await returned(now - patience, true)).step).toMatchObject({ outcome: 'unknown' });
    expect((await returned(now - patience, false, markSuspect(claimed, now, stamp))).step).toMatchObject({
      outcome: 'unknown',
    });
  });
});
