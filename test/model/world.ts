import type { Duplicates, PlatformTraits } from '../../lambdas/platforms/platform.ts';
import type { ProvisionUserConfig } from '../../lambdas/provision-user/config.ts';
import type { MapBody } from '../../lambdas/provision-user/deps.ts';
import { createMappers } from '../../lambdas/provision-user/mappers.ts';
import type { EffectName } from './effects.ts';
import { createEnvironment } from './environment.ts';
import type { FaultPlan } from './faults.ts';
import type { Ground } from './ground.ts';
import type { History } from './history.ts';
import { createRandom } from './random.ts';
import type { Time } from './time.ts';
import { createVendor, type VendorKind } from './vendor.ts';
import { createVendorService, type VendorService } from './vendor-service.ts';
import { createWorker } from './worker.ts';

export interface WorldOptions {
  readonly vendor: VendorKind & { readonly duplicates: Duplicates };
  readonly config: ProvisionUserConfig;
  readonly platform: PlatformTraits;
  readonly plan: FaultPlan;
  readonly batchSize: number;
  /** How far each worker's clock is ahead, in milliseconds; one worker each. */
  readonly skews: readonly number[];
  readonly latency: (effect: EffectName) => number;
  /** 0 ≤ random < 1. */
  readonly random: () => number;
}

export interface World {
  readonly time: Time;
  readonly history: History;
  readonly queue: Ground['queue'];
  readonly ledger: Ground['ledger'];
  readonly vendor: VendorService;
  readonly options: WorldOptions;
  /** A new key at the vendor, and a moment later in its secret. */
  readonly rotate: () => void;
  /** Somebody puts a secret that is not the vendor's key. */
  readonly putWrongSecret: () => void;
  /** Nobody has filled the secret. */
  readonly emptySecret: () => void;
  /** Somebody puts the vendor's key. */
  readonly putRightSecret: () => void;
  /** Other mappings, for every environment that starts from now on. */
  readonly deploy: (sources: ProvisionUserConfig['sources']) => void;
  readonly versionOf: (key: string) => string;
  /** These effects fail for so long. */
  readonly breakDown: (effects: readonly EffectName[], forMs: number) => void;
}

export const ledgerKey = 'canary-ledger-key-0123456789';
/** Between the vendor's new key and the secret's new version. */
const rotationMs = 2_000;

type Mappers = ReturnType<typeof createMappers>;
const compiled = new WeakMap<ProvisionUserConfig['sources'], Mappers>();

/** Mappers know no world: one compilation serves all, and one evaluation for each body. */
function mappersOf(sources: ProvisionUserConfig['sources']): Mappers {
  const known = compiled.get(sources);
  if (known !== undefined) return known;
  const mappers = createMappers(sources);
  const mapped = new Map<string, ReturnType<MapBody>>();
  const remembering: Mappers = (source) => {
    const map = mappers(source);
    if (map === undefined) return undefined;
    return (body) => {
      const key = `${source} ${Buffer.from(body).toString()}`;
      const signup = mapped.get(key) ?? map(body);
      mapped.set(key, signup);
      return signup;
    };
  };
  compiled.set(sources, remembering);
  return remembering;
}

/** Puts a world together; in virtual time nothing moves before `time.run`. */
export function createWorld(options: WorldOptions, ground: Ground): World {
  const { config, platform, plan, random, latency } = options;
  const { time, history, queue, ledger } = ground;
  const vendor = createVendorService(time.now, history, { ...options.vendor });
  const versions = new Map<string, string>();
  const secretId = `matriculate/${config.stage}/destinations/${config.destination.id}`;
  const outUntil = new Map<EffectName, number>();
  const randomOfBytes = createRandom(1);
  let keys = 1;
  let ids = 0;
  let environments = 0;
  let sources = config.sources;

  const put = (key: string): void => {
    versions.set(key, ground.putSecret(secretId, { key }));
  };
  const versionOf = (key: string): string => versions.get(key) ?? key;
  const rotate = (): void => {
    const key = `canary-key-${++keys}`;
    vendor.changeKey(key);
    time.after(rotationMs, () => put(key));
  };
  ground.putSecret(`matriculate/${config.stage}/ledger`, { key: ledgerKey });
  put(vendor.key());

  const coldStart = (skew: number) => {
    const surroundings = {
      isOut: (effect: EffectName) => (outUntil.get(effect) ?? 0) > time.now(),
      time,
      history,
      plan,
      latency,
      visibilityMs: config.timeLimits.visibilityMs,
      rotate,
      endSession: () => vendor.endSession('by the vendor'),
    };
    const environment = createEnvironment(`worker ${++environments}`, skew, surroundings);
    const deployed = sources;
    const handle = createWorker(environment, {
      time,
      history,
      clients: ground.clientsFor(environment),
      config,
      platform,
      vendorFor: (each) => createVendor(options.vendor, vendor, each, history, versionOf),
      mapperOf: mappersOf(deployed),
      random,
      randomOfBytes,
      newId: () => `write-${++ids}`,
    });
    return { environment, handle, isOutdated: () => sources !== deployed };
  };
  for (const skew of options.skews) ground.startPoller(plan, options.batchSize, () => coldStart(skew));

  return {
    time,
    history,
    queue,
    ledger,
    vendor,
    options,
    rotate,
    putWrongSecret: () => put(`canary-key-wrong-${++keys}`),
    emptySecret: () => ground.putSecret(secretId, {}),
    putRightSecret: () => put(vendor.key()),
    deploy: (next) => {
      sources = next;
    },
    versionOf,
    breakDown: (effects, forMs) => {
      for (const effect of effects) outUntil.set(effect, time.now() + forMs);
    },
  };
}
