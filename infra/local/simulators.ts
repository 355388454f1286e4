import type { RunningSimulator, SimulatorOptions } from '../../lambdas/platforms/platform-simulator.ts';
import type { RegisteredPlatform } from '../../lambdas/platforms/registered.ts';
import type { CheckedConfig } from '../checks/checked-config.ts';
import { ConfigError, type Mistake } from '../checks/mistakes.ts';

export type Simulators = Readonly<Record<string, RunningSimulator>>;

/**
 * Starts a simulator for each of the destinations.
 *
 * @param secrets what a simulator is to accept, where it is not to make something up
 * @param options by destination
 * @throws ConfigError that says which can't be started, and why: a variant or an operation that it does not have. Then none runs
 */
export async function startSimulators(
  config: CheckedConfig,
  ids: readonly string[],
  secrets: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  options: Readonly<Record<string, SimulatorOptions>>,
  platforms: Readonly<Record<string, RegisteredPlatform>>,
): Promise<Simulators> {
  const started = await Promise.allSettled(
    ids.map(async (id): Promise<[string, RunningSimulator][]> => {
      const destination = config.destinations[id];
      const platform = platforms[destination?.platform ?? ''];
      if (!destination || !platform) return [];
      const simulator = await platform.simulator();
      const secret = secrets[id];
      const running = await simulator.start({
        duplicates: destination.duplicates,
        ...(secret === undefined ? {} : { secret }),
        ...destination.simulator,
        ...options[id],
      });
      return [[id, running]];
    }),
  );
  const running = started.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
  const mistakes = started.flatMap((each, index) =>
    each.status === 'fulfilled' ? [] : [mistakeOf(ids[index] ?? '', each.reason)],
  );
  if (mistakes.length === 0) return Object.fromEntries(running);
  await Promise.all(running.map(([, simulator]) => simulator.close()));
  throw new ConfigError('the stack on this machine', mistakes);
}

const mistakeOf = (id: string, problem: unknown): Mistake => ({
  path: ['destinations', id, 'simulator'],
  message: problem instanceof Error ? problem.message : String(problem),
});

/** The config with the settings that the simulators need; what these leave out of a key has its default. */
export const withSimulatorSettings = (
  config: CheckedConfig,
  simulators: Simulators,
  platforms: Readonly<Record<string, RegisteredPlatform>>,
): CheckedConfig => ({
  ...config,
  destinations: Object.fromEntries(
    Object.entries(config.destinations).map(([id, destination]) => {
      const own = { ...destination.settings, ...simulators[id]?.settings };
      return [id, { ...destination, settings: platforms[destination.platform]?.settings.schema.parse(own) ?? own }];
    }),
  ),
});
