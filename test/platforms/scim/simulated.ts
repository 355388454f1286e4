import type { AccountCalls, Vendor } from '../../../lambdas/platforms/platform.ts';
import type { SimulatorOptions } from '../../../lambdas/platforms/platform-simulator.ts';
import { adapter } from '../../../lambdas/platforms/scim/adapter.ts';
import { settings } from '../../../lambdas/platforms/scim/settings.ts';
import { simulator } from '../../../lambdas/platforms/scim/simulator.ts';
import { runningSimulator } from '../running-simulator.ts';

/** A running simulator that ends with the test. */
export const startSimulated = (options: SimulatorOptions = {}) => runningSimulator(simulator, options);

type Own = Readonly<Record<string, unknown>>;

export const connectTo = (url: string, own: Own = {}): Vendor =>
  adapter.connect({ url, duplicates: 'refused', settings: settings.schema.parse(own) }, { now: () => 0 });

export function opened(vendor: Vendor, secret: unknown): Required<Omit<AccountCalls, 'register' | 'addTags'>> {
  const account = vendor.open(secret);
  if ('problem' in account) throw new Error(account.problem);
  const { createAccount, lookUp, probe } = account;
  if (!lookUp || !probe) throw new Error('a call is missing');
  return { createAccount, lookUp, probe };
}

/** The adapter at a simulator of its own. */
export async function bench(options: SimulatorOptions = {}, settings: Own = {}) {
  const running = await startSimulated(options);
  const vendor = connectTo(running.url, { ...running.settings, ...settings });
  return { running, vendor, account: opened(vendor, running.secret) };
}

export const everything = {
  username: 'ada1815',
  phone: '+44 20 7946 0000',
  address: '12 St James’s Square',
  zip: 'SW1Y',
  gender: 'F',
  locale: 'en_GB',
  tags: ['maths'],
  offerings: ['course-1'],
  role: 'moderator',
  permissions: { any: true },
  reference: '1001',
};
