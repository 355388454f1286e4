import * as fc from 'fast-check';
import { type EffectName, effectNames, modesOf } from './effects.ts';
import { createFaultPlan, type FaultPlan } from './faults.ts';
import { type Form, post, redrive, resolve } from './people.ts';
import { createRandom } from './random.ts';
import type { Scenario, Told } from './scenario.ts';
import { sources, tell } from './scenario.ts';
import { poison } from './worker.ts';
import type { World } from './world.ts';

/** A random story: who signs up when, what else happens, what goes wrong, and in which order everything else comes. */
export interface Life {
  readonly vendor: Scenario['vendor'];
  readonly skews: readonly number[];
  readonly batchSize: number;
  readonly patienceHours: number;
  readonly forms: readonly (Form & { readonly minute: number; readonly copies: number })[];
  readonly turns: readonly { readonly minute: number; readonly turn: Turn }[];
  readonly faults: readonly { readonly at: number; readonly mode: number }[];
  /** Of the order and duration of everything. */
  readonly seed: number;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

const turns = {
  'the key is rotated': (world) => world.rotate(),
  'a wrong key is put, and corrected': (world) => {
    world.putWrongSecret();
    world.time.after(40 * minuteMs, () => world.putRightSecret());
  },
  'the secret is emptied, and filled': (world) => {
    world.emptySecret();
    world.time.after(40 * minuteMs, () => world.putRightSecret());
  },
  'the vendor ends the session': (world) => world.vendor.endSession('by the vendor'),
  'the vendor is down for an hour': (world) => world.vendor.goDown(world.time.now() + 60 * minuteMs),
  'the vendor is down for five hours': (world) => world.vendor.goDown(world.time.now() + 300 * minuteMs),
  'a wrong mapping is deployed, and corrected': (world) => {
    world.deploy({ shop: { mapping: { email: 'mail', reference: 'id' }, set: {} } });
    world.time.after(90 * minuteMs, () => world.deploy(sources));
  },
  'the source is removed, and put back': (world) => {
    world.deploy({});
    world.time.after(90 * minuteMs, () => world.deploy(sources));
  },
  'everything is redriven': redrive,
  'a person looks': resolve,
  'no secret can be read for 20 minutes': (world) => world.breakDown(['read secret'], 20 * minuteMs),
  'the topic is out for 20 minutes': (world) => world.breakDown(['publish'], 20 * minuteMs),
  'the table is out for 20 minutes': (world) => world.breakDown(ofLedger, 20 * minuteMs),
} as const satisfies Record<string, (world: World) => void>;
type Turn = keyof typeof turns;

const ofLedger = effectNames.filter((effect) =>
  /^(read (signup|person|session)|write|take|give|count|free|drop)/.test(effect),
);
const turnNames = Object.keys(turns).filter((name): name is Turn => name in turns);

const vendors: readonly Scenario['vendor'][] = [
  { access: 'session', canLookUp: false, credentials: 'vendor-made', duplicates: 'refused' },
  { access: 'session', canLookUp: false, credentials: 'vendor-made', duplicates: 'allowed' },
  { access: 'direct', canLookUp: true, credentials: 'ours', duplicates: 'refused' },
  { access: 'direct', canLookUp: true, credentials: 'ours', duplicates: 'allowed' },
  { access: 'direct', canLookUp: false, credentials: 'ours', duplicates: 'refused' },
];

const minute = fc.oneof(fc.constantFrom(0, 0, 1, 60), fc.integer({ min: 0, max: 400 }));

export const lives: fc.Arbitrary<Life> = fc.record({
  vendor: fc.constantFrom(...vendors),
  skews: fc.oneof(
    fc.array(fc.constant(0), { minLength: 2, maxLength: 3 }),
    fc.array(fc.constantFrom(-10 * minuteMs, 0, 10 * minuteMs), { minLength: 2, maxLength: 3 }),
  ),
  batchSize: fc.constantFrom(1, 2, 10),
  patienceHours: fc.constantFrom(3, 72),
  forms: fc.array(
    fc.record({
      name: fc.constantFrom('one', 'two', 'three'),
      person: fc.constantFrom('ada', 'grace'),
      firstName: fc.oneof({ weight: 8, arbitrary: fc.constantFrom('Ada', 'Grace') }, fc.constantFrom('Nemo', poison)),
      type: fc.oneof({ weight: 8, arbitrary: fc.constant('signup') }, fc.constant('draft')),
      minute,
      copies: fc.constantFrom(1, 1, 1, 2),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  turns: fc.array(fc.record({ minute, turn: fc.constantFrom(...turnNames) }), { maxLength: 4 }),
  faults: fc.array(fc.record({ at: fc.nat(120), mode: fc.nat(20) }), { maxLength: 6 }),
  seed: fc.nat(),
});

/** Tells a life to its end: whatever was wrong is put right after ten hours, redriven on day 5 and looked at on day 6 and 7. */
export function live(life: Life): Promise<Told> {
  const random = createRandom(life.seed);
  const scenario: Scenario = {
    name: 'a life',
    vendor: life.vendor,
    workers: life.skews.length,
    batchSize: life.batchSize,
    giveUpAfterMs: life.patienceHours * 60 * minuteMs,
    script: (world) => script(life, world),
  };
  return tell(scenario, {
    plan: planOf(life),
    skews: life.skews,
    random,
    pick: random,
    latency: (effect) => latencyOf(effect, random()),
  });
}

function script({ forms, turns: changes }: Life, world: World): void {
  const at = (milliseconds: number, run: () => void) => world.time.after(milliseconds, run);
  for (const { minute: when, copies, ...form } of forms) {
    for (let copy = 0; copy < copies; copy++) at(when * minuteMs, () => post(world, form));
  }
  for (const { minute: when, turn } of changes) at(when * minuteMs, () => turns[turn](world));
  at(600 * minuteMs, () => {
    world.putRightSecret();
    world.deploy(sources);
  });
  at(5 * dayMs, () => redrive(world));
  at(6 * dayMs, () => resolve(world));
  at(7 * dayMs, () => resolve(world));
}

function planOf({ faults }: Life): FaultPlan {
  const modes = new Map(faults.map(({ at, mode }) => [at, mode]));
  return createFaultPlan((at, effect) => {
    const mode = modes.get(at);
    const possible = modesOf(effect);
    return mode === undefined ? undefined : possible[mode % possible.length];
  });
}

/** One way, in milliseconds; well below what a vendor call may take. */
const latencyOf = (effect: EffectName, random: number): number =>
  effect === 'log in' || effect === 'create account' || effect === 'look up' ? 10 + random * 600 : 1 + random * 20;
