import { onTestFinished } from 'vitest';
import type {
  PlatformSimulator,
  RunningSimulator,
  SimulatorOptions,
} from '../../lambdas/platforms/platform-simulator.ts';

/** A simulator that ends with the test. */
export async function runningSimulator(
  simulator: PlatformSimulator,
  options: SimulatorOptions = {},
): Promise<RunningSimulator> {
  const running = await simulator.start(options);
  onTestFinished(() => running.close());
  return running;
}
