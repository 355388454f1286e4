import { fileURLToPath } from 'node:url';
import { bundleAliases as digitalChalkSoap } from './digitalchalk-soap/bundle.ts';

/** What the platforms' packages bring and the adapters never call, and what stands for it in a bundle (esbuild's `alias`). */
export const bundleAliases: Readonly<Record<string, string>> = {
  'is-unsafe': fileURLToPath(new URL('nothing-is-safe.ts', import.meta.url)),
  ...digitalChalkSoap,
};
