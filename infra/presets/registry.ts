import type { Preset } from './preset.ts';

/** Every kind of sender that needs no more than its name in a config. */
export const presets: Readonly<Record<string, Preset>> = {};
