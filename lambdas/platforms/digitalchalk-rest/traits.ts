import type { PlatformTraits } from '../platform.ts';

export const traits: PlatformTraits = { credentials: 'ours', canLookUp: true, canRegister: true };
