import { settings as digitalChalkRest } from './digitalchalk-rest/settings.ts';
import { settings as digitalChalkSoap } from './digitalchalk-soap/settings.ts';
import { settings as electa } from './electa/settings.ts';
import { type RegisteredPlatform, registered } from './registered.ts';
import { settings as scim } from './scim/settings.ts';

/** Every platform there is. Adding one is its folder and one line here. */
export const platforms = {
  electa: registered({
    settings: electa,
    adapter: async () => (await import('./electa/adapter.ts')).adapter,
    simulator: async () => (await import('./electa/simulator.ts')).simulator,
  }),
  'digitalchalk-soap': registered({
    settings: digitalChalkSoap,
    adapter: async () => (await import('./digitalchalk-soap/adapter.ts')).adapter,
    simulator: async () => (await import('./digitalchalk-soap/simulator.ts')).simulator,
  }),
  'digitalchalk-rest': registered({
    settings: digitalChalkRest,
    adapter: async () => (await import('./digitalchalk-rest/adapter.ts')).adapter,
    simulator: async () => (await import('./digitalchalk-rest/simulator.ts')).simulator,
  }),
  scim: registered({
    settings: scim,
    adapter: async () => (await import('./scim/adapter.ts')).adapter,
    simulator: async () => (await import('./scim/simulator.ts')).simulator,
  }),
} satisfies Record<string, RegisteredPlatform>;
