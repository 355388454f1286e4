import { settings as digitalChalkSoap } from './digitalchalk-soap/settings.ts';
import type { RegisteredPlatform } from './platform.ts';

/** Every platform there is. Adding one is its folder and one line here. */
export const platforms = {
  'digitalchalk-soap': {
    settings: digitalChalkSoap,
    adapter: async () => (await import('./digitalchalk-soap/adapter.ts')).adapter,
    simulator: async () => (await import('./digitalchalk-soap/simulator.ts')).simulator,
  },
} satisfies Record<string, RegisteredPlatform>;
