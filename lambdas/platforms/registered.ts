import * as z from 'zod/mini';
import type { OwnSettings, PlatformAdapter, PlatformSettings, RegisteredPlatform } from './platform.ts';

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
