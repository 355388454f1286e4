import type { PlatformTraits } from '../platform.ts';

export const traits: PlatformTraits = { credentials: 'vendor-made', canLookUp: false, canRegister: false };
