import { adapter } from '../../../lambdas/platforms/digitalchalk-soap/adapter.ts';
import { settings } from '../../../lambdas/platforms/digitalchalk-soap/settings.ts';
import { simulator } from '../../../lambdas/platforms/digitalchalk-soap/simulator.ts';
import type { VendorAccount } from '../../../lambdas/platforms/platform.ts';
import type { SimulatorOptions } from '../../../lambdas/platforms/platform-simulator.ts';
import { runningSimulator } from '../running-simulator.ts';

/** A running simulator that ends with the test. */
export const startSimulated = (options: SimulatorOptions = {}) => runningSimulator(simulator, options);

/** A destination's vendor at that simulator. @param secret the simulator's own by default */
export function connectTo(
  running: Awaited<ReturnType<typeof startSimulated>>,
  own: Readonly<Record<string, unknown>> = {},
  now: () => number = Date.now,
) {
  const destination = {
    url: running.url,
    duplicates: 'refused',
    settings: settings.schema.parse({ ...running.settings, ...own }),
  } as const;
  return adapter.connect(destination, { now });
}

export function opened(vendor: ReturnType<typeof connectTo>, secret: unknown): VendorAccount {
  const account = vendor.open(secret);
  if ('problem' in account) throw new Error(account.problem);
  return account;
}
