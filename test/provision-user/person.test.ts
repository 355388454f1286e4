import { describe, expect, it } from 'vitest';
import { giveBackPerson, takePerson } from '../../lambdas/provision-user/person.ts';
import type { PersonItem, SignupItem } from '../../lambdas/signups/ledger.ts';
import { ledgerInMemory } from './ledger-in-memory.ts';
import { calling, ended, now, start, waiting } from './signup-items.ts';
import { workerOf } from './worker.ts';

const id = 'classroom#person#hash';
const person = (over: Partial<PersonItem> = {}): PersonItem => ({
  id,
  kind: 'person',
  writeId: 'theirs',
  owner: 'shop.other',
  run: 1,
  fence: 1,
  takenAt: now,
  ...over,
});
const other = (item: SignupItem, over: Partial<SignupItem> = {}): SignupItem => ({
  ...item,
  id: 'classroom#shop.other',
  signupId: 'shop.other',
  person: id,
  ...over,
});

const take = async (held: PersonItem, owner?: SignupItem, me = waiting(now)) => {
  const ledger = ledgerInMemory(held, ...(owner === undefined ? [] : [owner]));
  const { deps } = workerOf({ ledger });
  return { lock: await takePerson(deps, me, 'hash'), found: ledger.items.get(id) };
};

describe('a person', () => {
  it('that nobody has taken is mine, for the very claim that comes next', async () => {
    const { deps, ledger } = workerOf();
    expect(await takePerson(deps, waiting(now), 'hash')).toMatchObject({ kind: 'mine' });
    expect(ledger.items.get(id)).toMatchObject({ owner: start.signupId, run: 1, fence: start.fence + 1 });
  });

  const ends: [string, SignupItem | undefined, string][] = [
    ['is being worked on', other(calling(now)), 'busy'],
    ['waits', other(waiting(now)), 'busy'],
    ['made the account', other(ended('created')), 'has-account'],
    ['found the account', other(ended('existing')), 'has-account'],
    ['may have made it', other(ended('unknown')), 'may-have-account'],
    ['was rejected', other(ended('rejected')), 'mine'],
    ['failed', other(ended('failed')), 'mine'],
    ['made an account for somebody else', other(ended('created'), { person: 'classroom#person#else' }), 'mine'],
    ['never called', other(ended('existing'), { person: undefined }), 'mine'],
    ['is none of ours, and may be about to be', other(ended('ignored')), 'busy'],
    ['is not in the ledger yet', undefined, 'busy'],
  ];
  it.each(ends)('whose owner %s', async (_what, owner, kind) => {
    expect((await take(person(), owner)).lock.kind).toBe(kind);
  });

  it('whose owner is about to begin its next run is busy, though the last one failed', async () => {
    expect((await take(person({ run: 2 }), other(ended('failed')))).lock.kind).toBe('busy');
  });

  it('whose owner the ledger has forgotten may have an account', async () => {
    const longAgo = now - 2 * 72 * 3_600_000 - 1;
    expect((await take(person({ takenAt: longAgo }))).lock.kind).toBe('may-have-account');
  });

  it('that is mine is taken again by a later claim, and not by a worker that knows less', async () => {
    const mine = person({ owner: start.signupId, run: 1, fence: start.fence });
    expect((await take(mine)).lock.kind).toBe('mine');
    const stale = { ...start, fence: 0 };
    expect(await take(mine, undefined, stale)).toEqual({ lock: { kind: 'busy' }, found: mine });
    expect((await take(person({ owner: start.signupId, run: 2 }))).lock.kind).toBe('busy');
  });

  it('is given back by the very claim that took it, and by no other', async () => {
    const ledger = ledgerInMemory(person());
    const { deps } = workerOf({ ledger });
    await giveBackPerson(deps, person({ writeId: 'another claim' }));
    expect(ledger.items.has(id)).toBe(true);
    await giveBackPerson(deps, person());
    expect(ledger.items.has(id)).toBe(false);
  });
});
