import { join, resolve } from 'node:path';
import type { RunningSimulator, SimulatorOptions } from '../../lambdas/platforms/platform-simulator.ts';
import type { RegisteredPlatform } from '../../lambdas/platforms/registered.ts';
import { platforms as everyPlatform } from '../../lambdas/platforms/registry.ts';
import type { TimeLimits } from '../../lambdas/provision-user/config.ts';
import type { CheckedConfig } from '../checks/checked-config.ts';
import { mapValues } from '../checks/record.ts';
import * as names from '../constructs/names.ts';
import type { Endpoints } from './functions/endpoints.ts';
import type { RunningFunction } from './functions/invocation.ts';
import { type ConfigSource, localConfig } from './local-config.ts';
import { type GivenSecrets, type LocalSecrets, localSecrets } from './local-secrets.ts';
import type { Permissions } from './permissions/permissions.ts';
import { type RunningAssembly, runAssembly } from './run-assembly.ts';
import { secretArn } from './secrets-manager/secret-arn.ts';
import type { SecretStore } from './secrets-manager/secret-store.ts';
import { type Simulators, startSimulators, withSimulatorSettings } from './simulators.ts';
import { synthesize } from './synthesize.ts';
import { makeWorkFolder } from './work-folder.ts';

export interface LocalStackOptions {
  readonly config: ConfigSource;
  /** Secrets that are not to be made up. */
  readonly secrets?: GivenSecrets | undefined;
  /** The HTTP API's; any free one by default. */
  readonly port?: number;
  /** Addresses of vendors that a caller runs itself, by destination; they need secrets, as real ones do. */
  readonly vendorUrls?: Readonly<Record<string, string>>;
  /** Production's by default. Queues and functions take whole seconds. */
  readonly timeLimits?: TimeLimits;
  /** How a simulator is to start, by destination. */
  readonly simulators?: Readonly<Record<string, SimulatorOptions>>;
  /** Where logs go, as `logs/{function}.log`, and for a while the bundles and the template. */
  readonly directory: string;
  /** Where `bundle()` has put the functions; bundled afresh, if absent. */
  readonly bundles?: string;
  /** May change the synthesized stack, a folder, before it runs: to show that what is taken away is missed. */
  readonly amend?: (assembly: string) => void;
  /** Lets the functions' calls pass by the gate of permissions, a hop that AWS has not. For measuring. */
  readonly withoutGate?: boolean;
  /** Told of every queue message that a worker is about to get. */
  readonly onReceive?: RunAssemblyObserver;
}

type RunAssemblyObserver = NonNullable<Parameters<typeof runAssembly>[0]['onReceive']>;

/** The whole of Matriculate on this machine. */
export interface LocalStack {
  readonly config: CheckedConfig;
  /** Where webhooks are posted, without a slash at its end. */
  readonly url: string;
  readonly endpoints: Endpoints;
  readonly region: string;
  readonly topicArn: string;
  readonly tableName: string;
  /** By destination. */
  readonly queueUrls: Readonly<Record<string, string>>;
  /** By destination. */
  readonly dlqUrls: Readonly<Record<string, string>>;
  /** The first key of each source. */
  readonly sourceKeys: Readonly<Record<string, string>>;
  /** The vendors on this machine, by destination. */
  readonly simulators: Readonly<Record<string, RunningSimulator>>;
  /** `receive-signup`, `signup-status` and `provision-{destination}`. */
  readonly functions: Readonly<Record<string, RunningFunction>>;
  /** Secrets Manager's content, such as to rotate a secret from within a test. */
  readonly secrets: SecretStore;
  /** What the functions' roles allow, what was used of it, and what was refused. */
  readonly permissions: Permissions;
  /** Ends every process and server. */
  readonly stop: () => Promise<void>;
}

/** Where a stack lies whose config names no region. */
const defaultRegion = 'us-east-1';

/**
 * Synthesizes a config's stack and runs that template on this machine, with simulators for the destinations that have no `url`.
 *
 * @throws ConfigError with every mistake in config and secrets, before anything is started; Error with code `EADDRINUSE` where the
 *   port is taken
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const platforms: Readonly<Record<string, RegisteredPlatform>> = everyPlatform;
  const { config, recipientSecrets } = await localConfig(options.config);
  const realVendors = realVendorsOf(config, options.vendorUrls ?? {});
  const secrets = localSecrets(config, realVendors, options.secrets, platforms);
  const simulated = Object.keys(config.destinations).filter((id) => realVendors[id] === undefined);
  const ends: (() => unknown)[] = [];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const simulators = await startSimulators(
      config,
      simulated,
      secrets.destinations,
      options.simulators ?? {},
      platforms,
    );
    ends.push(() => Promise.all(Object.values(simulators).map((simulator) => simulator.close())));
    const work = makeWorkFolder(resolve(options.directory));
    ends.push(work.remove);
    const assembly = join(work.path, 'cdk.out');
    await synthesize({
      configs: [withSimulatorSettings(config, simulators, platforms)],
      vendorUrls: { ...options.vendorUrls, ...mapValues(simulators, ({ url }) => url) },
      ...(options.timeLimits && { timeLimits: options.timeLimits }),
      outdir: assembly,
      stagesFolder: join(work.path, 'stages'),
      bundles: options.bundles ?? join(work.path, 'functions'),
      bundling: options.bundles === undefined,
    });
    options.amend?.(assembly);
    const running = await runAssembly({
      assembly,
      region: config.region ?? defaultRegion,
      port: options.port ?? 0,
      logs: join(resolve(options.directory), 'logs'),
      secrets: secretTexts(config, secrets, simulators),
      ...(options.withoutGate && { withoutGate: options.withoutGate }),
      ...(options.onReceive && { onReceive: options.onReceive }),
    });
    ends.push(running.stop);
    for (const [id, value] of Object.entries(recipientSecrets)) {
      const name = names.recipientSecretName(config.stage, id);
      running.secrets.create(name, secretArn(name, running.region), JSON.stringify(value));
    }
    return { ...describe(config, running, secrets), simulators, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A written `url` is used as it is, here as in the cloud. */
function realVendorsOf(config: CheckedConfig, vendorUrls: Readonly<Record<string, string>>): Record<string, string> {
  const urls = Object.entries(config.destinations).flatMap(([id, { url }]): [string, string][] => {
    const real = url ?? vendorUrls[id];
    return real === undefined ? [] : [[id, real]];
  });
  return Object.fromEntries(urls);
}

/** By the names under which the functions read them. */
function secretTexts({ stage }: CheckedConfig, secrets: LocalSecrets, simulators: Simulators): Record<string, string> {
  const simulated = Object.entries(simulators).map(([id, { secret }]): [string, unknown] => [id, secret]);
  const destinations = { ...secrets.destinations, ...Object.fromEntries(simulated) };
  return Object.fromEntries([
    ...Object.entries(secrets.sources).map(([id, value]) => [names.sourceSecretName(stage, id), JSON.stringify(value)]),
    ...Object.entries(destinations).map(([id, value]) => [
      names.destinationSecretName(stage, id),
      JSON.stringify(value),
    ]),
  ]);
}

function describe(
  config: CheckedConfig,
  { url, endpoints, region, plan, functions, secrets, permissions }: RunningAssembly,
  { sources }: LocalSecrets,
): Omit<LocalStack, 'simulators' | 'stop'> {
  const { stage } = config;
  const queueUrl = (name: string) => plan.queues.find((queue) => queue.name === name)?.url ?? '';
  const destinations = Object.keys(config.destinations);
  const prefix = `${names.stackName(stage)}-`;
  return {
    config,
    url,
    endpoints,
    region,
    topicArn: plan.topics.find(({ name }) => name === names.topicName(stage))?.arn ?? '',
    tableName: names.tableName(stage),
    queueUrls: Object.fromEntries(destinations.map((id) => [id, queueUrl(names.queueName(stage, id))])),
    dlqUrls: Object.fromEntries(destinations.map((id) => [id, queueUrl(names.deadLetterQueueName(stage, id))])),
    sourceKeys: mapValues(sources, ({ keys }) => keys[0] ?? ''),
    functions: Object.fromEntries([...functions].map(([name, running]) => [name.replace(prefix, ''), running])),
    secrets,
    permissions,
  };
}
