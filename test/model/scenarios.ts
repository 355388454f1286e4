import { effectNames } from './effects.ts';
import { post, redrive, resolve } from './people.ts';
import type { Scenario } from './scenario.ts';
import { sources } from './scenario.ts';
import { poison } from './worker.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Long enough for several returns, and short enough for every pair of faults. */
const aWhile = 12_000;
/** For whoever waits for minutes: the pairs grow with the square of the returns. */
const fewReturns = { backoffMs: minute };
const usual = { workers: 2, batchSize: 1, giveUpAfterMs: 72 * hour };

const byLogin = { access: 'session', canLookUp: false, credentials: 'vendor-made', duplicates: 'refused' } as const;
const withLookUp = { access: 'direct', canLookUp: true, credentials: 'ours', duplicates: 'refused' } as const;
const bare = { access: 'direct', canLookUp: false, credentials: 'none', duplicates: 'refused' } as const;

/** The mapping before it was corrected: it asks for a field that no form has. */
const wrongMapping = { shop: { mapping: { email: 'mail', reference: 'id' }, set: {} } };

export const scenarios: readonly Scenario[] = [
  {
    ...usual,
    name: 'one signup at a vendor with a login',
    vendor: byLogin,
    script: (world) => post(world, { name: 'ada' }),
    ends: { ada: ['created'] },
  },
  {
    ...usual,
    name: 'one signup at a vendor that can be asked',
    vendor: withLookUp,
    script: (world) => post(world, { name: 'ada' }),
    ends: { ada: ['created'] },
  },
  {
    ...usual,
    name: 'somebody who has an account signs up with tags',
    vendor: { ...withLookUp, canTag: true },
    script: (world) => {
      world.vendor.create({ personKey: 'ada@example.com', reference: 'long ago', isRefused: false, password: null });
      post(world, { name: 'ada', tags: ['algebra'] });
    },
    ends: { ada: ['existing'] },
  },
  {
    ...usual,
    name: 'a vendor that can be asked and allows duplicates',
    vendor: { ...withLookUp, credentials: 'none', duplicates: 'allowed' },
    script: (world) => post(world, { name: 'ada' }),
    ends: { ada: ['created'] },
  },
  {
    ...usual,
    name: 'one person signs up twice where duplicates are allowed',
    vendor: { ...bare, duplicates: 'allowed' },
    script: (world) => {
      post(world, { name: 'ada', person: 'ada' });
      post(world, { name: 'again', person: 'ada' });
    },
    ends: { ada: ['created'], again: ['existing'] },
  },
  {
    ...usual,
    name: 'a reply lost where duplicates are allowed, and a person who looks',
    vendor: { ...bare, duplicates: 'allowed' },
    mishaps: [{ effect: 'create account', mode: 'request-lost' }],
    script: (world) => {
      post(world, { name: 'ada' });
      world.time.after(day, () => resolve(world));
      world.time.after(2 * day, () => resolve(world));
    },
    ends: { ada: ['unknown', 'created'] },
  },
  {
    ...usual,
    name: 'the same webhook twice at once, and once more after a day',
    vendor: { ...bare, credentials: 'ours' },
    script: (world) => {
      post(world, { name: 'ada' });
      post(world, { name: 'ada' });
      world.time.after(day, () => post(world, { name: 'ada' }));
    },
    ends: { ada: ['created'] },
  },
  {
    ...usual,
    name: 'rejected by a wrong mapping, corrected, redriven on day 30, and a late duplicate',
    vendor: bare,
    script: (world) => {
      world.deploy(wrongMapping);
      post(world, { name: 'ada' });
      world.time.after(hour, () => post(world, { name: 'ada' }));
      world.time.after(29 * day, () => world.deploy(sources));
      world.time.after(30 * day, () => redrive(world));
      world.time.after(31 * day, () => post(world, { name: 'ada' }));
    },
    ends: { ada: ['rejected', 'created'] },
  },
  {
    ...usual,
    name: 'rejected by the vendor, and corrected by the sender',
    vendor: bare,
    script: (world) => {
      post(world, { name: 'ada', firstName: 'Nemo' });
      world.time.after(hour, () => post(world, { name: 'ada' }));
      world.time.after(2 * hour, () => post(world, { name: 'ada', firstName: 'Grace' }));
    },
    ends: { ada: ['rejected', 'created'] },
  },
  {
    ...usual,
    name: 'no signup at first, then one',
    vendor: bare,
    script: (world) => {
      post(world, { name: 'ada', type: 'draft' });
      world.time.after(hour, () => post(world, { name: 'ada' }));
    },
    ends: { ada: ['ignored', 'created'] },
  },
  {
    ...usual,
    name: 'a wrong key, corrected after a while',
    timeLimits: fewReturns,
    vendor: byLogin,
    script: (world) => {
      world.putWrongSecret();
      post(world, { name: 'ada' });
      world.time.after(2 * minute, () => world.putRightSecret());
    },
    ends: { ada: ['created'] },
  },
  {
    ...usual,
    name: 'the vendor ends a session that two workers share',
    timeLimits: fewReturns,
    vendor: byLogin,
    script: (world) => {
      post(world, { name: 'ada' });
      post(world, { name: 'grace' });
      // Just when both are on their way with its token.
      world.time.after(300, () => world.vendor.endSession('by the vendor'));
    },
    ends: { ada: ['created'], grace: ['created'] },
  },
  {
    ...usual,
    name: 'an outage that outlasts the patience',
    timeLimits: fewReturns,
    vendor: bare,
    giveUpAfterMs: 20 * minute,
    script: (world) => {
      post(world, { name: 'ada' });
      world.time.after(800, () => world.vendor.goDown(world.time.now() + hour));
      world.time.after(day, () => redrive(world));
      world.time.after(day, () => resolve(world));
    },
    ends: { ada: ['created'] },
  },
  {
    ...usual,
    name: 'an account and two registrations, of which one is refused and redriven',
    vendor: { ...bare, canRegister: true },
    script: (world) => {
      post(world, { name: 'ada', offerings: ['algebra', 'closed'] });
      world.time.after(day, () => redrive(world));
    },
    ends: { ada: ['created', 'algebra created', 'closed rejected', 'closed rejected'] },
  },
  {
    ...usual,
    name: 'no secret can be read for a while',
    vendor: bare,
    script: (world) => {
      world.breakDown(['read secret'], aWhile);
      post(world, { name: 'ada' });
    },
    ends: { ada: ['created'] },
  },
  {
    ...usual,
    name: 'the topic takes nothing for a while',
    vendor: { ...bare, canRegister: true },
    script: (world) => {
      world.breakDown(['publish'], aWhile);
      post(world, { name: 'ada', offerings: ['algebra'] });
    },
    ends: { ada: ['created', 'algebra created'] },
  },
  {
    ...usual,
    name: 'the ledger takes nothing for a while',
    vendor: { ...byLogin, duplicates: 'allowed' },
    script: (world) => {
      world.breakDown(
        effectNames.filter((effect) => /^(read s|take|write|count|free|drop|give back)/.test(effect)),
        aWhile,
      );
      post(world, { name: 'ada' });
    },
    ends: { ada: ['created'] },
  },
  {
    ...usual,
    name: 'the ledger can be read and not written for a while',
    vendor: bare,
    script: (world) => {
      world.breakDown(
        effectNames.filter((effect) => /^(take|write|count|free|drop|give back)/.test(effect)),
        aWhile,
      );
      post(world, { name: 'ada' });
    },
    ends: { ada: ['created'] },
  },
  {
    ...usual,
    name: 'poison among its neighbours',
    vendor: bare,
    batchSize: 10,
    isPunctual: true,
    script: (world) => {
      post(world, { name: 'bad', firstName: poison });
      post(world, { name: 'ada' });
    },
    ends: { ada: ['created'], bad: ['failed'] },
  },
];
