import { adapter } from '../../../lambdas/platforms/electa/adapter.ts';
import { settings } from '../../../lambdas/platforms/electa/settings.ts';
import { simulator } from '../../../lambdas/platforms/electa/simulator.ts';
import type { AccountResult, LoginResult, VendorAccount } from '../../../lambdas/platforms/platform.ts';
import type { RunningSimulator, SimulatorOptions } from '../../../lambdas/platforms/platform-simulator.ts';
import type { Signup } from '../../../lambdas/signups/signup.ts';

/** The adapter, bound to a simulator of its own over real HTTP. */
export interface ElectaBench {
  readonly vendor: RunningSimulator;
  readonly login: (ms?: number) => Promise<LoginResult>;
  /** Logs in with a good token in good weather; the tests' bad weather comes after. @throws Error where that is refused */
  readonly token: () => Promise<string>;
  readonly create: (signup: Signup, token: string, ms?: number) => Promise<AccountResult>;
}

export async function electaBench(options: SimulatorOptions = {}, secret?: unknown): Promise<ElectaBench> {
  const vendor = await simulator.start(options);
  const own = settings.schema.parse(vendor.settings);
  const destination = { url: vendor.url, duplicates: options.duplicates ?? 'refused', settings: own };
  const opened = adapter.connect(destination, { now: options.now ?? Date.now }).open(secret ?? vendor.secret);
  const account = sessionOf(opened);
  const login = (ms = 5000) => account.login(AbortSignal.timeout(ms));
  return {
    vendor,
    login,
    token: async () => {
      const result = await login();
      if (result.kind !== 'token') throw new Error(`no token: ${result.message}`);
      return result.token;
    },
    create: (signup, token, ms = 5000) =>
      account.createAccount({ signup, token, signal: AbortSignal.timeout(ms), password: null }),
  };
}

function sessionOf(
  opened: VendorAccount | { readonly problem: string },
): Extract<VendorAccount, { access: 'session' }> {
  if ('problem' in opened) throw new Error(opened.problem);
  if (opened.access !== 'session') throw new Error('Electa wants a login');
  return opened;
}
