import { describe, expect, it } from 'vitest';
import { createSharedItem } from '../../lambdas/provision-user/session-item.ts';
import { blankSession } from '../../lambdas/signups/ledger.ts';
import { sessionFleet } from './session-fleet.ts';

const blank = blankSession('classroom');

function world() {
  const fleet = sessionFleet();
  return { ...fleet, shared: createSharedItem('classroom', fleet) };
}

describe('the session item', () => {
  it('is blank where there is none', async () => {
    const { shared } = world();
    expect(await shared.read()).toEqual(blank);
  });

  it('is put where there is none, and in the place of what was read, under a fresh id for each write', async () => {
    const { shared, item } = world();
    const first = await shared.replace(blank, { ...blank, slotUntil: 1 });
    expect(first).toEqual({ applied: true, item: { ...blank, slotUntil: 1, writeId: 'write-1' } });
    expect(await shared.replace(first.item, { ...first.item, slotUntil: 2 })).toMatchObject({ applied: true });
    expect(item()).toEqual({ ...blank, slotUntil: 2, writeId: 'write-2' });
  });

  it('is not put in the place of what somebody else wrote in between, which is told', async () => {
    const { shared, item, set } = world();
    const seen = await shared.read();
    set({ slotUntil: 7 });
    const theirs = item();
    expect(await shared.replace(seen, { ...seen, slotUntil: 1 })).toEqual({ applied: false, item: theirs });
    expect(item()).toEqual(theirs);
  });
});

describe('what a worker believes', () => {
  it('is nothing before it has read', () => {
    expect(world().shared.believed()).toBeUndefined();
  });

  it('is what it read, for less than ten seconds', async () => {
    const { shared, set, pass } = world();
    await shared.read();
    set({ slotUntil: 7 });
    pass(9_999);
    expect(shared.believed()).toEqual(blank);
    pass(1);
    expect(shared.believed()).toBeUndefined();
  });

  it('is what it wrote, or what somebody else wrote before it could', async () => {
    const { shared, set } = world();
    await shared.replace(blank, { ...blank, slotUntil: 1 });
    expect(shared.believed()).toMatchObject({ slotUntil: 1 });
    set({ slotUntil: 7 });
    await shared.replace(blank, { ...blank, slotUntil: 2 });
    expect(shared.believed()).toMatchObject({ slotUntil: 7 });
  });
});

describe('a change', () => {
  it('is made to what others have written, however often they come first', async () => {
    const { shared, set, item } = world();
    let lost = 0;
    const written = await shared.update(({ refused, ...rest }) => {
      if (lost < 9) set({ refused: { v1: ++lost } });
      return { ...rest, refused: { ...refused, v2: 1 } };
    });
    expect(written).toEqual(item());
    expect(item().refused).toEqual({ v1: 9, v2: 1 });
  });

  it('is given up after ten lost races', async () => {
    const { shared, set } = world();
    let tries = 0;
    const losing = shared.update((found) => {
      set({ slotUntil: ++tries });
      return found;
    });
    await expect(losing).rejects.toThrow('written by too many');
    expect(tries).toBe(10);
  });

  it('to nothing is none: the item stays as it is', async () => {
    const { shared, set, item } = world();
    set({ slotUntil: 7 });
    const before = item();
    expect(await shared.update(() => undefined)).toBeUndefined();
    expect(item()).toBe(before);
  });
});
