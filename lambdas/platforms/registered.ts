import * as z from 'zod/mini';
import type {
  OwnSettings,
  PlatformAdapter,
  PlatformSettings,
  Vendor,
  VendorDestination,
  VendorTools,
} from './platform.ts';
import type { PlatformSimulator } from './platform-simulator.ts';

/**
 * A learning platform: a folder with four parts.
 *
 * - `traits.ts`: what synth and the function both need to know;
 * - `settings.ts`: what a config may say of it, for synth (no client, no HTTP);
 * - `adapter.ts`: the vendor's protocol, in the function only;
 * - `simulator.ts`: the vendor on this machine, as strict as the vendor is known to be.
 */
export interface RegisteredPlatform {
  readonly settings: PlatformSettings;
  /**
   * Binds the platform's adapter to one destination whose own keys nobody has checked yet.
   *
   * @throws Error where they are not what `settings.schema` asks for
   */
  readonly connect: (destination: VendorDestination<unknown>, tools: VendorTools) => Promise<Vendor>;
  readonly simulator: () => Promise<PlatformSimulator>;
}

interface Parts<Own extends OwnSettings> extends Pick<RegisteredPlatform, 'simulator'> {
  readonly settings: PlatformSettings<Own>;
  readonly adapter: () => Promise<PlatformAdapter<Own>>;
}

/** A platform's parts as everybody but its own worker uses them: its adapter gets what its schema has checked and completed. */
export const registered = <Own extends OwnSettings>({
  settings,
  adapter,
  simulator,
}: Parts<Own>): RegisteredPlatform => ({
  settings,
  connect: async (destination, tools) => {
    const { connect } = await adapter();
    return connect({ ...destination, settings: z.parse(settings.schema, destination.settings) }, tools);
  },
  simulator,
});
