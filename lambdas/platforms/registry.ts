import type { RegisteredPlatform } from './platform.ts';

/** Every platform there is. Adding one is its folder and one line here. */
export const platforms = {} satisfies Record<string, RegisteredPlatform>;
