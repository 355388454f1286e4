import type { Duplicates } from '../../lambdas/platforms/platform.ts';
import type { ProvisionUserConfig, TimeLimits } from '../../lambdas/provision-user/config.ts';
import type { EffectName, Mode } from './effects.ts';
import type { FaultPlan } from './faults.ts';
import type { Ground } from './ground.ts';
import { withHeldCrypto } from './real-work.ts';
import { platformOf, type VendorKind } from './vendor.ts';
import { createVirtualGround, start } from './virtual-ground.ts';
import { createWorld, type World } from './world.ts';

/** A story that is told again and again, each time with other things going wrong. */
export interface Scenario {
  readonly name: string;
  readonly vendor: VendorKind & { readonly duplicates: Duplicates };
  readonly workers: number;
  readonly batchSize: number;
  readonly giveUpAfterMs: number;
  /** Other than the usual ones. */
  readonly timeLimits?: Partial<TimeLimits>;
  /** Nothing but the mishaps delays anybody, so that lateness can be judged. */
  readonly isPunctual?: boolean;
  /** Effects that go wrong in every telling: the first of its name, in this way. */
  readonly mishaps?: readonly { readonly effect: EffectName; readonly mode: Mode }[];
  /** Says what happens when. */
  readonly script: (world: World) => void;
  /** How each signup's runs end if nothing goes wrong but the mishaps. */
  readonly ends?: Readonly<Record<string, readonly string[]>>;
}

/** Production's, with everything that a function waits for ten times shorter: fewer looks at a slot that stays taken, the same order of limits. */
export const timeLimits: TimeLimits = {
  vendorCallMs: 2_000,
  recordDeadlineMs: 4_500,
  functionTimeoutMs: 6_000,
  leaseMs: 9_000,
  visibilityMs: 36_000,
  backoffMs: 2_000,
  backoffCapMs: 15 * 60_000,
  loginSlotMs: 15 * 60_000,
  secretLifeMs: 5 * 60_000,
};

export const sources: ProvisionUserConfig['sources'] = {
  shop: {
    accept: 'type = "signup"',
    mapping: {
      email: 'email',
      firstName: 'first',
      lastName: '"Lovelace"',
      reference: 'id',
      password: 'password',
      offerings: 'offerings',
      tags: 'tags',
    },
    set: {},
  },
};

const configs = new WeakMap<Scenario, ProvisionUserConfig>();

export function configOf(scenario: Scenario): ProvisionUserConfig {
  const known = configs.get(scenario);
  if (known !== undefined) return known;
  const config: ProvisionUserConfig = {
    stage: 'prod',
    destination: {
      id: 'classroom',
      platform: 'model',
      url: 'https://vendor.example',
      duplicates: scenario.vendor.duplicates,
      loginUrl: null,
      recipients: scenario.vendor.credentials === 'none' ? null : [],
      roles: ['student'],
      giveUpAfterMs: scenario.giveUpAfterMs,
      keepDays: 90,
      maximumConcurrency: 2,
      settings: {},
    },
    sources,
    timeLimits: { ...timeLimits, ...scenario.timeLimits },
  };
  configs.set(scenario, config);
  return config;
}

/** What differs from one telling to the next. */
export interface Telling {
  readonly plan: FaultPlan;
  readonly skews?: readonly number[];
  readonly latency?: (effect: EffectName) => number;
  readonly random?: () => number;
  /** Which of the visible messages the queue hands out; the oldest by default. */
  readonly pick?: () => number;
}

export interface Told {
  readonly scenario: Scenario;
  readonly world: World;
  readonly plan: FaultPlan;
  /** Whether everything came to rest. */
  readonly cameToRest: boolean;
}

const monthMs = 60 * 86_400_000;
const vendorEffects: ReadonlySet<EffectName> = new Set(['log in', 'create account', 'look up'] as const);
const usualLatency = (effect: EffectName): number => (vendorEffects.has(effect) ? 100 : 5);

/** Tells a scenario once, in virtual time. */
export function tell(scenario: Scenario, telling: Telling): Promise<Told> {
  const { latency = usualLatency, pick = () => 0 } = telling;
  const ground = createVirtualGround({ timeLimits: configOf(scenario).timeLimits, latency, pick });
  return withHeldCrypto(() => tellOn(ground, scenario, telling));
}

/** Tells a scenario once, on any ground. */
export async function tellOn(ground: Ground, scenario: Scenario, telling: Telling): Promise<Told> {
  const { plan, skews, latency = usualLatency, random = () => 0.5 } = telling;
  const options = {
    vendor: scenario.vendor,
    config: configOf(scenario),
    platform: platformOf(scenario.vendor),
    plan: withMishaps(scenario, plan),
    batchSize: scenario.batchSize,
    skews: skews ?? Array.from({ length: scenario.workers }, () => 0),
    latency,
    random,
  };
  const world = createWorld(options, ground);
  scenario.script(world);
  const cameToRest = await world.time.run(start + monthMs);
  return { scenario, world, plan, cameToRest };
}

function withMishaps({ mishaps = [] }: Scenario, plan: FaultPlan): FaultPlan {
  const left = [...mishaps];
  return {
    ...plan,
    decide: (effect) => {
      const chosen = plan.decide(effect);
      const next = left.findIndex((mishap) => mishap.effect === effect);
      const [mishap] = next < 0 ? [] : left.splice(next, 1);
      return chosen ?? mishap?.mode;
    },
  };
}
